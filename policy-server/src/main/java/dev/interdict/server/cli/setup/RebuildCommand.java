package dev.interdict.server.cli.setup;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Progress;
import dev.interdict.server.fleet.Difference;
import dev.interdict.server.fleet.Rebuild;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict-server rebuild`.
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Holds what pages read against the stored reports, and sets right what differs.",
      "The server may run meanwhile. Broken off, it leaves every workstation whole; run it again."
    },
    footer = {
      "",
      "Examples:",
      "  interdict-server rebuild --check",
      "  interdict-server rebuild -d /var/lib/interdict",
      "",
      "Exit codes: 0 nothing differs, or all was set right; 1 something differs (--check), or a",
      "stored report cannot be read; 2 not understood."
    })
public final class RebuildCommand implements Callable<Integer> {
  private static final int MOST_TOLD = 100;

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Option(names = "--check", description = "Change nothing, and say what differs.")
  private boolean check;

  @Mixin private Output output = new Output();

  public RebuildCommand(Console console) {
    this.console = console;
  }

  /// What was found.
  private final class Found implements Rebuild.Witness {
    private final Progress progress;
    private final List<Difference> told = new ArrayList<>();
    private long differ;
    private long unreadable;
    private long devices;

    private Found(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void differs(Difference difference) {
      differ++;
      if (told.size() < MOST_TOLD) {
        told.add(difference);
      }
    }

    @Override
    public void unreadable(DeviceId device, String why) {
      unreadable++;
      progress.warn("the reports of " + device + " cannot be read, its rows stay: " + why);
    }

    @Override
    public void done(long count) {
      devices = count;
      progress.at(count + " workstations done");
    }
  }

  @Override
  public Integer call() {
    Found found;
    try (var parts = OpenServer.parts(folder.ready(), console);
        var progress = Progress.of(console, "reading the reports")) {
      found = new Found(progress);
      new Rebuild(parts.database(), !check).run(found);
    }
    if (output.forPrograms()) {
      output.print(json(found), console);
    } else {
      found.told.forEach(one -> console.line(one.toString()));
      if (found.differ > found.told.size()) {
        console.line("and " + (found.differ - found.told.size()) + " more");
      }
      console.line(summary(found));
    }
    return found.unreadable > 0 || check && found.differ > 0 ? Exit.FOUND : Exit.OK;
  }

  private String summary(Found found) {
    var workstations = found.devices == 1 ? " workstation" : " workstations";
    var held = found.devices + workstations + " and all counts held against the reports: ";
    return held
        + (found.differ == 0
            ? "nothing differs."
            : found.differ
                + (found.differ == 1 ? " value" : " values")
                + (check ? " differ; without --check they are set right." : " set right."));
  }

  private Json json(Found found) {
    return Json.object()
        .put("workstations", found.devices)
        .put("unreadable", found.unreadable)
        .put("different", found.differ)
        .put("mended", !check)
        .put(
            "differences",
            found.told.stream()
                .<Json>map(one ->
                    Json.object()
                        .put("table", one.table())
                        .put("key", one.key())
                        .put("column", one.column())
                        .put("stored", one.stored())
                        .put("expected", one.expected())
                        .build())
                .toList())
        .build();
  }
}
