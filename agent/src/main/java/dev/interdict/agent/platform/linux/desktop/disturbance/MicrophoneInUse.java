package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.notice.Receipt.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A process of the person records sound, as in a call: a capturing device of a sound card runs.
/// With a sound server that process is the server, which records only while a program does.
final class MicrophoneInUse implements Disturbance {
  @Override
  public Wish wish() {
    return Wish.CALL;
  }

  @Override
  public boolean now(Session session) throws IOException {
    for (var card : children(session.proc().resolve("asound"), "card[0-9]*")) {
      for (var capture : children(card, "pcm*c")) {
        for (var part : children(capture, "sub*")) {
          if (running(session, Files.readAllLines(part.resolve("status")))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Somebody else's call, in another session of this computer, is not this person's.
  private static boolean running(Session session, List<String> status) {
    return status.stream().anyMatch(line -> line.strip().equals("state: RUNNING"))
        && status.stream()
            .filter(line -> line.startsWith("owner_pid"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .anyMatch(number -> OwnProcesses.own(session.proc().resolve(number)));
  }

  private static List<Path> children(Path folder, String names) throws IOException {
    var children = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (var stream = Files.newDirectoryStream(folder, names)) {
        stream.forEach(children::add);
      }
    }
    return children;
  }
}
