package dev.interdict.agent.platform.linux.managers;

import java.util.List;

/// What a program answered; hostile, since it repeats what packages wrote.
record Reply(int code, String output, String errors) {

  boolean well() {
    return code == 0;
  }

  /// The lines of its output that are not blank.
  List<String> lines() {
    return output.lines().filter(line -> !line.isBlank()).toList();
  }

  /// The lines of its error stream that are not blank.
  List<String> complaints() {
    return errors.lines().filter(line -> !line.isBlank()).toList();
  }

  /// The one line that says most.
  String gist() {
    return complaints().stream()
        .filter(line -> line.contains("error"))
        .findFirst()
        .or(() -> complaints().stream().findFirst())
        .or(() -> lines().stream().findFirst())
        .orElse("nothing");
  }
}
