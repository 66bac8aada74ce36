package dev.interdict.agent.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan is asked for.
///
/// @param root the directory to inspect as if it were the machine's root
/// @param output the form of the answer
/// @param memory the file in which to remember what was seen; null to remember nothing
/// @param digests whether to read the content of programs too
/// @param rule the file with the rule to explain; null to list what is there
record ScanRequest(
    Path root, Output output, @Nullable Path memory, boolean digests, @Nullable Path rule) {

  /// The forms of the answer.
  enum Output {
    TABLE,
    JSON,
    CYCLONEDX,
    FRAME
  }

  /// A request that cannot be served; the message names the option.
  static final class NonsenseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NonsenseException(String message, @Nullable Exception cause) {
      super(message, cause);
    }
  }

  /// Reads the arguments after `scan` where they are written plainly, as the guard writes them. The
  /// library for command lines takes longer to get ready than the whole scan; its classes are of a
  /// form that Java puts into no archive.
  ///
  /// @return null for everything else, which that library then reads, explains or refuses
  static @Nullable ScanRequest plain(List<String> arguments) {
    var root = Path.of("/");
    var output = Output.TABLE;
    Path memory = null;
    var digests = false;
    var rest = new ArrayDeque<>(arguments);
    var seen = new HashSet<String>();
    try {
      while (!rest.isEmpty()) {
        var option = rest.remove();
        if (!seen.add(option)) {
          return null;
        }
        if (option.equals("--digests")) {
          digests = true;
          continue;
        }
        var value = rest.poll();
        if (value == null || value.isEmpty() || "-@".indexOf(value.charAt(0)) >= 0) {
          return null;
        }
        switch (option) {
          case "--root" -> root = Path.of(value);
          case "--memory" -> memory = Path.of(value);
          case "--output" -> {
            var form = form(value);
            if (form == null) {
              return null;
            }
            output = form;
          }
          default -> {
            return null;
          }
        }
      }
    } catch (InvalidPathException e) {
      return null;
    }
    return new ScanRequest(root, output, memory, digests, null);
  }

  private static @Nullable Output form(String value) {
    return switch (value) {
      case "table" -> Output.TABLE;
      case "json" -> Output.JSON;
      case "cyclonedx" -> Output.CYCLONEDX;
      case "frame" -> Output.FRAME;
      default -> null;
    };
  }
}
