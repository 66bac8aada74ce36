package dev.interdict.server.cli.apply;

import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.store.Secrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A rule file as it was read.
///
/// @param name as findings show it
/// @param content all of it; what is no UTF-8 is in `reading` alone
record RuleText(String name, String content, YamlFile.Reading reading) {
  private static final int MOST_FILES = 5_000;

  /// Beyond what a rule may have, so that its length is found too great and nothing is cut.
  private static final int MOST = 1 << 20;

  /// Those of a file, or of all files in a folder.
  static List<RuleText> read(List<Path> paths) throws IOException {
    var texts = new ArrayList<RuleText>();
    for (var path : paths) {
      for (var file : RuleFiles.files(path)) {
        if (texts.size() == MOST_FILES) {
          throw new Failure(Exit.USAGE, "more than " + MOST_FILES + " files; apply them in parts");
        }
        texts.add(of(file));
      }
    }
    return texts;
  }

  private static RuleText of(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MOST);
      var reading = YamlFile.read(file.toString(), bytes);
      return new RuleText(file.toString(), text(bytes), reading);
    }
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      // The reading says so.
      return "";
    }
  }

  /// As the server names a text.
  String sha256() {
    return Secrets.hash(content.getBytes(StandardCharsets.UTF_8));
  }
}
