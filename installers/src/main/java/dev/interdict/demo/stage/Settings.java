package dev.interdict.demo.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be chosen about the demo.
///
/// @param dist the distribution folder
/// @param folder where everything happens
/// @param toDate from publishing to the date
/// @param devices how many the simulated company has; 0 for none
/// @param consolePort 0 picks a free one
/// @param stay whether to keep serving when the story is told
public record Settings(
    Path dist, Path folder, Duration toDate, int devices, int consolePort, boolean stay) {
  /// Shorter, and the minimum notice would not fit in.
  private static final int LEAST_SECONDS = 60;

  private static final int MOST_SECONDS = 3600;
  private static final int MOST_DEVICES = 200_000;

  /// Reads system properties.
  ///
  /// @param property the value of a property, or null
  public static Settings of(Function<String, @Nullable String> property) throws DemoException {
    var seconds = number(property, "interdict.demo.seconds", 120, LEAST_SECONDS, MOST_SECONDS);
    return new Settings(
        folder(property, "interdict.dist"),
        folder(property, "interdict.demo.folder"),
        Duration.ofSeconds(seconds),
        number(property, "interdict.demo.devices", 5000, 0, MOST_DEVICES),
        number(property, "interdict.console.port", 0, 0, 65535),
        !"false".equals(property.apply("interdict.demo.stay")));
  }

  private static Path folder(Function<String, @Nullable String> property, String name)
      throws DemoException {
    var value = property.apply(name);
    if (value == null || value.isBlank()) {
      throw new DemoException("-D" + name + "=FOLDER is missing; start the demo with: mvn -Pdemo");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  private static int number(
      Function<String, @Nullable String> property, String name, int absent, int least, int most)
      throws DemoException {
    var value = property.apply(name);
    if (value == null || value.isBlank()) {
      return absent;
    }
    if (value.matches("[0-9]{1,9}")) {
      var number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new DemoException(
        "-D%s=%s is not a number from %d to %d".formatted(name, value, least, most));
  }
}
