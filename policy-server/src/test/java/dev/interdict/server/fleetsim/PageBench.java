package dev.interdict.server.fleetsim;

import com.sun.management.OperatingSystemMXBean;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Shading;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.web.ConsoleServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long every page of the console takes over a data set, from the request to the last byte:
/// `PageBench FOLDER [PART-OF-A-PAGE'S-NAME]`, of a folder that [Dataset] filled, or of the
/// PostgreSQL that it did. Held to 50 ms at p95. Beside it are told the first look at each page,
/// and the CPU of this process a look, which others on the machine lengthen less: of SQLite all of
/// it, of PostgreSQL what is not the database's own. All pages are looked at three hundred times
/// before the first is measured. Leaves `keys` and `repository` in the folder; another run wants
/// them deleted.
public final class PageBench {
  private static final double BAR = 50;
  private static final int MOST = 40;
  private static final int WARM = 300;
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private PageBench() {}

  /// @param arguments the folder, and which pages alone
  public static void main(String... arguments) throws IOException, JsonException {
    try (var fleet = new SimulatedFleet(Path.of(arguments[0]))) {
      fleet.clock.move(Duration.between(fleet.clock.instant(), Dataset.NOW));
      var blocklist = blocklist();
      try (var console = new ConsoleServer(fleet, () -> blocklist)) {
        console.signedIn();
        var begun = System.nanoTime();
        var moved = new Shading(fleet.database, Compliance.SILENT_AFTER).turn(Dataset.NOW);
        System.out.printf(
            "%d moved by the time in %.0f s%n", moved, (System.nanoTime() - begun) / 1e9);
        var over = 0;
        var only = arguments.length > 1 ? arguments[1] : "";
        var pages = pages(fleet);
        pages.keySet().removeIf(name -> !name.contains(only));
        var first = new LinkedHashMap<String, Double>();
        pages.forEach((name, path) -> first.put(name, warmed(path, console)));
        for (var page : pages.entrySet()) {
          System.out.printf("first %8.1f  ", first.get(page.getKey()));
          over += measure(page.getKey(), page.getValue(), console) ? 0 : 1;
        }
        status(fleet);
        System.out.printf(
            "%d over %.0f ms; load average %.1f%n", over, BAR, SYSTEM.getSystemLoadAverage());
      }
    }
  }

  private static Map<String, String> pages(SimulatedFleet fleet) {
    var deep = host(fleet, "desc", 1_000);
    var some = host(fleet, "asc", 0);
    var rule = "/devices?rule=" + Dataset.RULE;
    var pages = new LinkedHashMap<String, String>();
    pages.put("overview", "/");
    pages.put("overview of an observed rule", "/?rule=claude-desktop");
    pages.put("overview of a department", "/?dept=Sales+7");
    pages.put("overview of a system, 90 days", "/?os=linux&period=90d");
    pages.put("overview by version", "/?group=version");
    pages.put("overview by ring", "/?group=ring");
    pages.put("overview by ring, of a department", "/?group=ring&dept=Sales+7");
    pages.put("rules", "/rules");
    pages.put("rule", "/rules/" + Dataset.RULE);
    pages.put("devices", "/devices");
    pages.put("devices, near the end", "/devices?page_after=" + deep);
    pages.put("devices of a rule", rule);
    pages.put("devices of a rule, near the end", rule + "&page_after=" + deep);
    pages.put("devices that have it", rule + "&state=present,removing,failed");
    pages.put(
        "devices that have it, near the end",
        rule + "&state=present,removing,failed&page_after=" + deep);
    pages.put("devices that failed", rule + "&state=failed");
    pages.put(
        "devices that failed, all chosen",
        "/devices/chosen?all=true&of="
            + URLEncoder.encode(rule + "&state=failed", StandardCharsets.UTF_8));
    pages.put("devices that are clear", rule + "&state=clear,removed");
    pages.put("devices that are silent", rule + "&state=silent");
    pages.put("devices that are exempt", rule + "&state=exempt");
    pages.put("devices that are unknown", rule + "&state=unknown");
    pages.put("devices of a department", "/devices?dept=Sales+7");
    pages.put(
        "devices of a department that have it",
        rule + "&dept=Sales+7&state=present,removing,failed");
    pages.put("devices of a system", "/devices?os=linux");
    pages.put("devices that have it by npm", rule + "&state=present,removing,failed&detector=npm");
    pages.put("devices by part of a name", "/devices?q=00042");
    pages.put("devices by a whole name", "/devices?q=" + some.substring(33));
    pages.put("device", "/devices/" + some.substring(0, 32));
    return pages;
  }

  /// A device and its host, as an address names a place in the list.
  private static String host(SimulatedFleet fleet, String order, int skip) {
    return fleet.database.read(handle ->
        handle
            .createQuery(
                "select device_id, host from device order by host "
                    + order
                    + " limit 1 offset "
                    + skip)
            .map((row, _) -> row.getString(1) + ":" + row.getString(2))
            .one());
  }

  /// Makes it as fast as of a server that has run for a while, whose code is compiled.
  private static double warmed(String path, ConsoleServer console) {
    var begun = System.nanoTime();
    var answer = console.get(path);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " was answered with " + answer.statusCode());
    }
    var first = (System.nanoTime() - begun) / 1e6;
    for (var i = 0; i < WARM; i++) {
      console.get(path);
    }
    return first;
  }

  private static boolean measure(String name, String path, ConsoleServer console) {
    var taken = new double[MOST];
    var n = 0;
    var end = System.nanoTime() + TIME.toNanos();
    var cpu = SYSTEM.getProcessCpuTime();
    while (n < MOST && (n < 3 || System.nanoTime() < end)) {
      var start = System.nanoTime();
      console.get(path);
      taken[n++] = (System.nanoTime() - start) / 1e6;
    }
    System.out.printf("cpu %6.1f  ", (SYSTEM.getProcessCpuTime() - cpu) / 1e6 / n);
    return print(name, Arrays.copyOf(taken, n));
  }

  private static void status(SimulatedFleet fleet) {
    var taken = new double[10];
    for (var i = 0; i < taken.length; i++) {
      var start = System.nanoTime();
      fleet.expected.census();
      taken[i] = (System.nanoTime() - start) / 1e6;
    }
    print("interdict fleet status", taken);
  }

  private static boolean print(String name, double[] taken) {
    Arrays.sort(taken);
    var p95 = taken[(int) Math.ceil(0.95 * taken.length) - 1];
    System.out.printf(
        "%-40s p50 %8.1f  p95 %8.1f ms  %s%n",
        name, taken[taken.length / 2], p95, p95 < BAR ? "" : "OVER");
    return p95 < BAR;
  }

  private static Blocklist blocklist() throws IOException, JsonException {
    try (var in = ConsoleServer.class.getResourceAsStream("blocklist.json")) {
      return Blocklist.read(in.readAllBytes());
    }
  }
}
