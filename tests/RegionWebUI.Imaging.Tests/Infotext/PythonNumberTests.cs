using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using RegionWebUI.Imaging.Infotext;

namespace RegionWebUI.Imaging.Tests.Infotext;

public partial class PythonNumberTests
{
    // Printed by Python 3.11.
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(7, "7.0")]
    [InlineData(-7.5, "-7.5")]
    [InlineData(100, "100.0")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(-0.0000123, "-1.23e-05")]
    [InlineData(123456789.123, "123456789.123")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(9999999999999998, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(12345678901234567890, "1.2345678901234567e+19")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e100, "1e+100")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(5.684341886080802e-14, "5.684341886080802e-14")]
    [InlineData(2.9802322387695312e-08, "2.9802322387695312e-08")]
    [InlineData(4.1045368012983762e-289, "4.1045368012983762e-289")]
    [InlineData(9007199254740993, "9007199254740992.0")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Format_Float_PrintsAsPython(double value, string expected) => Assert.Equal(expected, PythonNumber.Format(value));

    [Fact]
    public void Format_AnyFloat_ReadsBackInPythonsNotation() =>
        Gen.Long.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite).Sample(
            value =>
            {
                var text = PythonNumber.Format(value);
                var plain = value == 0 || (Math.Abs(value) >= 1e-4 && Math.Abs(value) < 1e16);
                return BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(value)
                    && (plain ? Plain() : Scientific()).IsMatch(text);
            },
            iter: 3000);

    [Fact]
    public void Format_EveryPowerOfTwo_ReadsBack()
    {
        for (var exponent = 1; exponent < 2047; exponent++)
        {
            var value = BitConverter.Int64BitsToDouble((long)exponent << 52);
            Assert.Equal(value, double.Parse(PythonNumber.Format(value), CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Format_AnyDecimal_PrintsTheDecimalItself() =>
        Gen.Select(Gen.Int[1, 999_999], Gen.Int[0, 6]).Sample(
            (digits, shift) =>
            {
                var value = new decimal(digits) / (decimal)Math.Pow(10, shift);
                var expected = value.ToString("0.0#########", CultureInfo.InvariantCulture);
                return value < 0.0001m || PythonNumber.Format((double)value) == expected;
            },
            iter: 1000);

    [GeneratedRegex(@"^-?(0|[1-9]\d*)\.\d+$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^-?[1-9](\.\d*[1-9])?e[+-]\d{2,3}$")]
    private static partial Regex Scientific();
}
