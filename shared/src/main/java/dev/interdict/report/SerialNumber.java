package dev.interdict.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A machine's serial number as makers print it, as company lists hold it, and as devices tell it:
/// only as a hash, which finds the entry of somebody who knows the serial and tells nobody else.
public final class SerialNumber {
  private static final int LONGEST = 64;
  private static final Pattern SHAPE = Pattern.compile("[A-Z0-9][A-Z0-9 ._/+-]*");

  /// What firmware says in place of a serial that nobody set.
  private static final Set<String> NONE =
      Set.of(
          "0",
          "NONE",
          "N/A",
          "NA",
          "NULL",
          "UNKNOWN",
          "DEFAULT STRING",
          "NOT SPECIFIED",
          "NOT APPLICABLE",
          "NOT AVAILABLE",
          "SERIAL NUMBER",
          "SYSTEM SERIAL NUMBER",
          "TO BE FILLED BY O.E.M.",
          "CHASSIS SERIAL NUMBER",
          "0123456789",
          "123456789");

  private SerialNumber() {}

  /// The serial in the one form that is compared, or null if it names no machine.
  public static @Nullable String of(String text) {
    var serial = text.strip().toUpperCase(Locale.ROOT);
    var named =
        serial.length() >= 3
            && serial.length() <= LONGEST
            && SHAPE.matcher(serial).matches()
            && !NONE.contains(serial)
            && serial.chars().distinct().count() > 1;
    return named ? serial : null;
  }

  /// How a device tells its serial ([EnrolRequest#hardware]), or null if it has none.
  public static @Nullable String told(String text) {
    var serial = of(text);
    if (serial == null) {
      return null;
    }
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("interdict serial " + serial).getBytes(StandardCharsets.UTF_8));
      return "serial:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
