package dev.interdict.agent.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Things of the wrong kind in the agent's folder: a directory or a link in a file's place, a file
/// in a folder's. They are set aside under another name, so that the agent starts and nothing of
/// them is lost; what belonged there is made anew or fetched again.
///
/// The enrolment and the quarantine are not among them: without these the agent does not start, and
/// says so itself.
public final class Obstacles {
  private static final Logger log = LoggerFactory.getLogger(Obstacles.class);
  private static final List<String> FOLDERS_OF_TRUST = List.of("roots", "targets");

  private Obstacles() {}

  /// Sets aside what stands in the way.
  ///
  /// @throws IOException if it cannot be moved
  public static void clear(StateDirectory state) throws IOException {
    var folders =
        List.of(
            state.trust(),
            state.stage(),
            state.outbox(),
            state.outbox().resolve("sent"),
            state.scanFolder());
    for (var folder : folders) {
      asideUnless(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS), folder);
    }
    for (var name : FOLDERS_OF_TRUST) {
      var folder = state.trust().resolve(name);
      asideUnless(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS), folder);
      files(folder, List.of());
    }
    files(state.trust(), FOLDERS_OF_TRUST);
    files(state.outbox(), List.of("sent"));
    for (var file :
        List.of(
            state.path().resolve("ledger"),
            state.path().resolve("ledger.new"),
            state.clock(),
            state.awake(),
            state.looks(),
            state.survivors())) {
      asideUnless(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), file);
    }
    if (Files.isDirectory(state.socket(), LinkOption.NOFOLLOW_LINKS)) {
      aside(state.socket());
    }
  }

  /// All that is in a folder are files, but for some folders.
  private static void files(Path folder, List<String> folders) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> list = Files.list(folder)) {
      all = list.toList();
    }
    for (var entry : all) {
      var name = String.valueOf(entry.getFileName());
      if (!folders.contains(name) && !name.contains(".damaged")) {
        asideUnless(Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS), entry);
      }
    }
  }

  private static void asideUnless(boolean right, Path place) throws IOException {
    if (!right && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      aside(place);
    }
  }

  /// Moves what is there to a name beside it that is not taken.
  public static void aside(Path place) throws IOException {
    var name = place.getFileName() + ".damaged";
    var free = place.resolveSibling(name);
    for (var i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      free = place.resolveSibling(name + "-" + i);
    }
    Files.move(place, free);
    log.atWarn().addKeyValue("place", free).log("set aside what is damaged");
  }
}
