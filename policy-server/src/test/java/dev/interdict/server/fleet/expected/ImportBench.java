package dev.interdict.server.fleet.expected;

import dev.interdict.report.OsFamily;
import dev.interdict.report.SerialNumber;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/// How long a list takes, and how long nothing else can be written meanwhile. Run it with a small
/// heap to see that memory does not grow with the list: `java -Xmx96m … ImportBench FOLDER 200000
/// 1000`, with the devices that enrol before.
public final class ImportBench {
  private ImportBench() {}

  public static void main(String... arguments) throws IOException {
    var folder = Files.createDirectories(Path.of(arguments[0]));
    var rows = Integer.parseInt(arguments[1]);
    var enrolled = Integer.parseInt(arguments[2]);
    var csv = folder.resolve("devices.csv");
    write(csv, rows, "R&D");
    try (var fleet = new SimulatedFleet(folder)) {
      var token = fleet.token("unassigned", Math.max(1, enrolled));
      for (var i = 0; i < enrolled; i++) {
        fleet.enrolment.enrol(
            new SimulatedDevice("ws-" + i, OsFamily.LINUX)
                .enrol(token, SerialNumber.told("PF" + (100_000 + i)), fleet.clock.instant()));
      }
      run(fleet, csv, "first");
      run(fleet, csv, "again");
      write(csv, rows, "Sales");
      run(fleet, csv, "all changed");
      var start = System.nanoTime();
      fleet.compliance.overview("claude-code");
      print("overview", start);
    }
  }

  private static void run(SimulatedFleet fleet, Path csv, String what) throws IOException {
    var start = System.nanoTime();
    try (var in = Files.newInputStream(csv);
        var list = fleet.expected.read(in, StandardCharsets.UTF_8)) {
      print(what + ": read", start);
      start = System.nanoTime();
      list.plan();
      print(what + ": plan", start);
      start = System.nanoTime();
      var plan = list.apply("bench", false, false, OptionalLong.empty());
      print(what + ": apply", start);
      System.out.println("  added " + plan.added() + ", changed " + plan.changed());
    }
    System.out.println("  heap " + (Runtime.getRuntime().totalMemory() >> 20) + " MB");
  }

  private static void print(String what, long start) {
    System.out.println(what + " " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
  }

  private static void write(Path csv, int rows, String department) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(csv)) {
      out.write("serial,asset-tag,hostname,os,department,person\n");
      for (var i = 0; i < rows; i++) {
        out.write(
            "PF%d,A-%d,ws-%d,Windows 11,%s/%d,person.%d\n"
                .formatted(100_000 + i, i, i, department, i % 200, i));
      }
    }
  }
}
