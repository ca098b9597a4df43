using RegionWebUI.Onnx.Runtime;

namespace RegionWebUI.Onnx.Tests;

public class DeviceSelectorTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("CPU")]
    public void Select_WhatRuns_SaysWhy(string name)
    {
        var device = DeviceSelector.Select(name);

        Assert.Equal(DeviceKind.Cpu, device?.Kind);
        Assert.NotEmpty(device!.Reason);
    }

    [Theory]
    [InlineData("directml")]
    [InlineData("directml:1")]
    [InlineData("webgpu")]
    [InlineData("cuda")]
    public void Select_DeviceThatCannotRun_IsRefusedInsteadOfFallingBack(string name)
    {
        var error = Assert.Throws<RuntimeFailureException>(() => DeviceSelector.Select(name));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu9")]
    [InlineData("cpu:banana")]
    [InlineData("auto:9")]
    [InlineData("")]
    public void Select_UnknownName_IsNoDevice(string name) => Assert.Null(DeviceSelector.Select(name));
}
