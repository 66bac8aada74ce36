package dev.interdict.agent.report;

import dev.interdict.agent.report.Outbox.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The folder of an [Outbox]: a file for each report, whose name is its sequence number, and below
/// `sent` the last ones that the server answered, with the status in the name of those that it
/// refused. Not thread-safe.
record ReportFiles(Path directory) {
  private static final int MOST_SENT = 20;
  private static final int DIGITS = 12;

  /// Those that wait, oldest first.
  List<Path> waiting() throws IOException {
    return list(directory);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var list = Files.list(folder)) {
      return list.filter(
              file -> file.getFileName().toString().matches("[0-9]{12}(\\.[0-9]{3})?\\.json"))
          .sorted()
          .toList();
    }
  }

  /// Deletes the oldest of those that wait until `most` are left.
  void keep(int most) throws IOException {
    keep(waiting(), most);
  }

  private static void keep(List<Path> files, int most) throws IOException {
    for (var i = 0; i < files.size() - most; i++) {
      Files.delete(files.get(i));
    }
  }

  static long sequence(Path file) {
    var name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, DIGITS));
  }

  /// Where that report waits, if it does.
  Path file(long sequence) {
    return directory.resolve("%012d.json".formatted(sequence));
  }

  private Path sent() {
    return directory.resolve("sent");
  }

  /// Where that report is once the server has it, if it is still kept.
  Path sent(long sequence) {
    return sent().resolve(file(sequence).getFileName());
  }

  /// The server has it.
  void delivered(long sequence) throws IOException {
    settle(sequence, sent(sequence));
  }

  /// The server refused it with that HTTP status.
  void refused(long sequence, int status) throws IOException {
    settle(sequence, sent().resolve("%012d.%03d.json".formatted(sequence, status)));
  }

  private void settle(long sequence, Path to) throws IOException {
    Files.createDirectories(sent());
    Files.move(file(sequence), to, StandardCopyOption.REPLACE_EXISTING);
    keep(list(sent()), MOST_SENT);
  }

  /// Sets one aside that is damaged: it is none any more.
  static void setAside(Path file) throws IOException {
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// The newest, waiting and sent, newest first.
  ///
  /// @param most bytes in all; no more than that is read
  List<Kept> newest(long most) throws IOException {
    var answered = Files.isDirectory(sent()) ? list(sent()) : List.<Path>of();
    var newest = new ArrayList<Kept>();
    var left = most;
    for (var file :
        Stream.concat(answered.stream(), waiting().stream())
            .sorted(Comparator.<Path>comparingLong(ReportFiles::sequence).reversed())
            .toList()) {
      left -= Files.size(file);
      if (left < 0) {
        break;
      }
      newest.add(new Kept(sequence(file), Files.readAllBytes(file), status(file)));
    }
    return newest;
  }

  private int status(Path file) {
    var name = String.valueOf(file.getFileName());
    if (!file.startsWith(sent())) {
      return Kept.WAITING;
    }
    return name.length() == DIGITS + ".json".length()
        ? Kept.DELIVERED
        : Integer.parseInt(name.substring(DIGITS + 1, DIGITS + 4));
  }
}
