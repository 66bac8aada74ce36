import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Holds every Java file of the repository against google-java-format: `check` names the files that
/// differ and fails, `write` rewrites them.
///
/// A source-file program rather than a Maven plugin: the formatter parses with the JDK it runs on,
/// and plugins run on Maven's, which may be older than the sources.
final class Format {
  public static void main(String... arguments) throws Exception {
    var write = arguments.length == 1 && arguments[0].equals("write");
    var formatter = new Formatter();
    var differing =
        sources(Path.of("")).parallelStream()
            .filter(file -> differs(formatter, file, write))
            .toList();
    if (!write && !differing.isEmpty()) {
      differing.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("rewrite them with: mvn -N validate -Dformat=write");
      System.exit(1);
    }
  }

  private static boolean differs(Formatter formatter, Path file, boolean write) {
    try {
      var source = Files.readString(file);
      var formatted = formatter.formatSourceAndFixImports(source);
      if (formatted.equals(source)) {
        return false;
      }
      if (write) {
        Files.writeString(file, formatted);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("target/"))
          .sorted()
          .toList();
    }
  }
}
