package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What processes use, by the kernel's account of them (Linux).
///
/// @param each CPU seconds of each of the processes that are asked for and are there
/// @param server CPU seconds of those
/// @param own CPU seconds of this process
/// @param machine CPU seconds of everybody
/// @param residentMib of those, in memory now
record Meter(Map<Long, Double> each, double server, double own, double machine, long residentMib) {
  private static final double TICKS = 100;

  /// A process may end at any moment, as a database's workers do, and is left out then.
  static Meter read(List<Long> pids) throws IOException {
    var each = new HashMap<Long, Double>();
    var resident = 0L;
    for (var pid : pids) {
      try {
        each.put(pid, cpu(Path.of("/proc/" + pid + "/stat")));
        resident += resident(pid);
      } catch (NoSuchFileException _) {
        each.remove(pid);
      }
    }
    var server = each.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Meter(each, server, cpu(Path.of("/proc/self/stat")), everybody(), resident);
  }

  /// What was used since `before`, by those that are still there.
  Meter since(Meter before) {
    var used = new HashMap<Long, Double>();
    each.forEach((pid, now) -> used.put(pid, now - before.each.getOrDefault(pid, 0.0)));
    var server = used.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Meter(used, server, own - before.own, machine - before.machine, residentMib);
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
