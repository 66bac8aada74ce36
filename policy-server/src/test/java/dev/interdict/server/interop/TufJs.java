package dev.interdict.server.interop;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// The client of another project, tuf-js, in the versions that the lock file beside `read.js`
/// names; fetched once a run, none of its scripts ever started.
final class TufJs implements Reader {
  private static final List<String> FILES = List.of("package.json", "package-lock.json", "read.js");

  private final Path folder;

  private TufJs(Path folder) {
    this.folder = folder;
  }

  /// Skips the test where there is no npm, or none that can fetch.
  static TufJs install(Path folder) throws IOException {
    for (var name : FILES) {
      try (InputStream in = TufJs.class.getResourceAsStream("/tuf-js/" + name)) {
        if (in == null) {
          throw new IOException("no file " + name);
        }
        Files.copy(in, folder.resolve(name));
      }
    }
    var npm =
        run(
            folder,
            List.of(
                "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
    Assumptions.assumeTrue(npm.code() == 0, () -> "npm cannot fetch tuf-js here: " + npm.err());
    return new TufJs(folder);
  }

  @Override
  public Map<String, byte[]> read(Path state, URI repository, Collection<String> targets)
      throws IOException, RefusedException {
    var command = new ArrayList<>(List.of("node", "read.js", state.toString(), "" + repository));
    command.addAll(targets);
    var node = run(folder, command);
    if (node.code() != 0) {
      throw new RefusedException(node.err());
    }
    var lines = node.out().lines().iterator();
    var contents = new LinkedHashMap<String, byte[]>();
    for (var target : targets) {
      var line = lines.next();
      if (!line.equals("none")) {
        contents.put(target, Base64.getDecoder().decode(line));
      }
    }
    return contents;
  }

  private record Answer(int code, String out, String err) {}

  private static Answer run(Path folder, List<String> command) throws IOException {
    var err = Files.createTempFile(folder, "err", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(err.toFile())
              .start();
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), out, Files.readString(err).strip());
    } catch (IOException e) {
      return new Answer(-1, "", "there is no " + command.getFirst());
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      Files.delete(err);
    }
  }
}
