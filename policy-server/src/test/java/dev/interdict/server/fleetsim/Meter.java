package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What processes use, by the kernel's account of them (Linux).
///
/// @param pids the processes that are asked for, with all that they started
/// @param server CPU seconds of those
/// @param own CPU seconds of this process
/// @param machine CPU seconds of everybody
/// @param residentMib of those, in memory now
record Meter(List<Long> pids, double server, double own, double machine, long residentMib) {
  private static final double TICKS = 100;

  static Meter read(List<Long> pids) throws IOException {
    var server = 0.0;
    var resident = 0L;
    for (var pid : pids) {
      server += cpu(Path.of("/proc/" + pid + "/stat"));
      resident += resident(pid);
    }
    return new Meter(pids, server, cpu(Path.of("/proc/self/stat")), everybody(), resident);
  }

  /// What was used since `before`.
  Meter since(Meter before) {
    return new Meter(
        pids, server - before.server, own - before.own, machine - before.machine, residentMib);
  }

  /// CPU seconds of everybody else.
  double others() {
    return Math.max(0, machine - server - own);
  }

  private static double cpu(Path stat) throws IOException {
    var text = Files.readString(stat);
    var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  private static double everybody() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      var fields = lines.findFirst().orElseThrow().strip().split("\\s+");
      var busy = 0L;
      for (var i : new int[] {1, 2, 3, 6, 7}) {
        busy += Long.parseLong(fields[i]);
      }
      return busy / TICKS;
    }
  }

  private static long resident(long pid) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
          .findFirst()
          .orElse(0);
    }
  }
}
