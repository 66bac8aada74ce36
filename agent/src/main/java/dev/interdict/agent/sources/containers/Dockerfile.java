package dev.interdict.agent.sources.containers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The images that a Dockerfile builds on: `FROM`, and `COPY --from` and `RUN --mount=…,from=` of
/// an image that is no stage of the file itself. Build arguments are filled in by their defaults.
///
/// Does not see: what `RUN` lines install into the image.
final class Dockerfile {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Map<String, String> arguments = new HashMap<>();
  private final Set<String> stages = new HashSet<>(Set.of("scratch"));
  private final List<String> images = new ArrayList<>();

  private Dockerfile() {}

  /// The references, in their order.
  static List<String> images(String text) {
    var file = new Dockerfile();
    file.read(text);
    return file.images;
  }

  private void read(String text) {
    var escape = "\\";
    var instruction = new StringBuilder();
    var lines = text.lines().iterator();
    while (lines.hasNext()) {
      var line = lines.next().strip();
      if (line.startsWith("#")) {
        var bare = line.replace(" ", "").toLowerCase(Locale.ROOT);
        escape = instruction.isEmpty() && bare.equals("#escape=`") ? "`" : escape;
        continue;
      }
      if (line.endsWith(escape)) {
        instruction.append(line, 0, line.length() - 1).append(' ');
        continue;
      }
      instruction.append(line);
      var whole = instruction.toString();
      instruction.setLength(0);
      instruction(BLANKS.split(whole.strip(), 256));
      // Lines of a here-document are no instructions.
      for (var delimiter : hereDocuments(whole)) {
        while (lines.hasNext() && !lines.next().strip().equals(delimiter)) {
          // Its content.
        }
      }
    }
  }

  private static List<String> hereDocuments(String instruction) {
    var delimiters = new ArrayList<String>();
    var at = instruction.indexOf("<<");
    while (at >= 0 && delimiters.size() < 16) {
      var start = instruction.startsWith("<<-", at) ? at + 3 : at + 2;
      var end = start;
      while (end < instruction.length() && " \t<>|&;".indexOf(instruction.charAt(end)) < 0) {
        end++;
      }
      var delimiter = instruction.substring(start, end).replaceAll("[\"']", "");
      if (!delimiter.isEmpty() && Character.isLetter(delimiter.charAt(0))) {
        delimiters.add(delimiter);
      }
      at = instruction.indexOf("<<", Math.max(end, at + 2));
    }
    return delimiters;
  }

  private void instruction(String[] words) {
    switch (words[0].toUpperCase(Locale.ROOT)) {
      case "ARG" -> argument(words);
      case "FROM" -> from(words);
      case "COPY", "ADD", "RUN" -> copies(words);
      default -> {}
    }
  }

  /// Only those before the first stage count in `FROM`.
  private void argument(String[] words) {
    for (var i = 1; i < words.length && images.isEmpty(); i++) {
      var equals = words[i].indexOf('=');
      if (equals > 0) {
        var value = words[i].substring(equals + 1).replaceAll("[\"']", "");
        var filled = Reference.filledIn(value, arguments);
        if (filled != null) {
          arguments.put(words[i].substring(0, equals), filled);
        }
      }
    }
  }

  private void from(String[] words) {
    var at = 1;
    while (at < words.length && words[at].startsWith("--")) {
      at++;
    }
    if (at < words.length) {
      image(words[at]);
      if (at + 2 < words.length && words[at + 1].equalsIgnoreCase("as")) {
        stages.add(words[at + 2].toLowerCase(Locale.ROOT));
      }
    }
  }

  private void copies(String[] words) {
    for (var word : words) {
      if (word.startsWith("--from=")) {
        image(word.substring("--from=".length()));
      } else if (word.startsWith("--mount=")) {
        for (var option : word.split(",", 32)) {
          if (option.startsWith("from=")) {
            image(option.substring("from=".length()));
          }
        }
      }
    }
  }

  private void image(String text) {
    var filled = Reference.filledIn(text, arguments);
    var stage = filled == null ? "" : filled.toLowerCase(Locale.ROOT);
    var image = Reference.image(filled);
    if (image != null && !stages.contains(stage) && !stage.chars().allMatch(Character::isDigit)) {
      images.add(image);
    }
  }
}
