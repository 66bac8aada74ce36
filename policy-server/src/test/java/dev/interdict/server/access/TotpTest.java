package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("any-database")
class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /// RFC 6238, appendix B.
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void codes_are_those_of_the_standard(long second, String code) {
    var step = Totp.step(Instant.ofEpochSecond(second));
    assertEquals(code, Totp.code(SECRET, step, 8));
    assertEquals(code.substring(2), Totp.code(SECRET, step, Totp.DIGITS));
  }

  /// RFC 4648, section 10, without padding.
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void a_secret_is_written_in_base_32(String text, String written) {
    assertEquals(written, Totp.base32(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
