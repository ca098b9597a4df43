using System.Buffers.Binary;
using System.Text;

namespace RegionWebUI.Benchmarks;

/// <summary>
/// Lets TorchSharp's native library load on systems whose C++ runtime is older than GCC 13's (Debian 12). The library asks for the version
/// GLIBCXX_3.4.32 but uses nothing of it: the demand is a marker that the header iostream leaves. In the copy beside the program the demand
/// is marked weak, which the dynamic loader lets pass.
/// </summary>
internal static class TorchLibrary
{
    private const ushort WeakFlag = 2;

    /// <summary>Must be called before TorchSharp is used.</summary>
    public static void Prepare()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return;
        }

        // An entry of ELF's .gnu.version_r: hash of the name (4 bytes), flags (2 bytes), ...
        var bytes = File.ReadAllBytes(path);
        Span<byte> hash = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(hash, ElfHash("GLIBCXX_3.4.32"));
        var place = bytes.AsSpan().IndexOf(hash);
        if (place < 0 || bytes[place + sizeof(uint)] != 0)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(place + sizeof(uint)), WeakFlag);
        File.WriteAllBytes(path + ".new", bytes);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The hash of the System V ABI.</summary>
    private static uint ElfHash(string name)
    {
        var hash = 0u;
        foreach (var character in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash << 4) + character;
            var high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
