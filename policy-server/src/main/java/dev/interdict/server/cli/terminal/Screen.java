package dev.interdict.server.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/// The terminal before which somebody sits, if there is one.
///
/// @param out whether what stands in the output is shown by it as it comes
/// @param err whether it shows the error stream, of which a line can then be written over
/// @param width its columns, which costs something to ask; 0 where nobody can tell
public record Screen(boolean out, boolean err, IntSupplier width) {
  /// None: a file, a pipe or a service manager takes everything.
  public static final Screen NONE = new Screen(false, false, () -> 0);

  private static final File TERMINAL = new File("/dev/tty");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,4} ([1-9][0-9]{0,3})");
  private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{0,3}");
  private static final int KIND = 0170000;
  private static final int DEVICE_OF_CHARACTERS = 0020000;

  /// The real one.
  static Screen system(Map<String, String> environment) {
    var console = System.console();
    var both = console != null && console.isTerminal();
    var movable = !environment.getOrDefault("TERM", "").equals("dumb");
    return new Screen(
        both || isDevice("/dev/stdout"),
        movable && isDevice("/dev/stderr"),
        () -> width(environment));
  }

  /// The columns that fit on a line of the output; 0 where nothing is to be made fit.
  int columns() {
    return out ? width.getAsInt() : 0;
  }

  /// The machine's own answer takes input that is no terminal for output that is none. What is
  /// written to another device, such as `/dev/null`, nobody reads.
  private static boolean isDevice(String stream) {
    try {
      var mode = (int) Files.getAttribute(Path.of(stream), "unix:mode");
      return (mode & KIND) == DEVICE_OF_CHARACTERS;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /// As the shell says it, else as the terminal does.
  private static int width(Map<String, String> environment) {
    var said = environment.getOrDefault("COLUMNS", "");
    if (COLUMNS.matcher(said).matches()) {
      return Integer.parseInt(said);
    }
    try {
      var asking = new ProcessBuilder("stty", "size").redirectInput(TERMINAL).start();
      if (!asking.waitFor(1, TimeUnit.SECONDS)) {
        asking.destroyForcibly();
        return 0;
      }
      var answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      var size = SIZE.matcher(answer.strip());
      return size.matches() ? Integer.parseInt(size.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
