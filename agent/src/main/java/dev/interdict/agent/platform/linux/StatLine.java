package dev.interdict.agent.platform.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The fields of `/proc/PID/stat` that identify a process. The name may hold spaces, parentheses
/// and line feeds, so the rest is counted from its last parenthesis.
record StatLine(String name, char state, long parent, long startTicks) {

  static StatLine parse(byte[] stat) throws IOException {
    var text = new String(stat, StandardCharsets.ISO_8859_1);
    var open = text.indexOf('(');
    var close = text.lastIndexOf(')');
    var fields = close < 0 ? new String[0] : text.substring(close + 1).strip().split(" ");
    if (open < 0 || fields.length < 20) {
      throw new IOException("/proc/PID/stat has too few fields");
    }
    return new StatLine(
        text.substring(open + 1, close),
        fields[0].charAt(0),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[19]));
  }

  /// Whether only its exit status is left.
  boolean ended() {
    return state == 'Z' || state == 'X';
  }
}
