package dev.interdict.server.cli.fleet;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Progress;
import dev.interdict.server.fleet.expected.Plan;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// `interdict fleet import`.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a list of the company's workstations would change; with --apply, changes it.",
      "A CSV file whose first line names its columns: serial, asset-tag, hostname (at least one of"
          + " them), os, department, person, ring, groups, lifecycle. A column that the file does"
          + " not have stays as it is."
    })
public final class FleetImportCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The list.")
  private Path file = Path.of("");

  @Option(names = "--apply", description = "Change the list; without it, nothing changes.")
  private boolean apply;

  @Option(
      names = "--encoding",
      paramLabel = "UTF-8|GB18030",
      defaultValue = "UTF-8",
      converter = Encoding.class,
      description = "The file's encoding (default: ${DEFAULT-VALUE}).")
  private Charset encoding = StandardCharsets.UTF_8;

  @Option(
      names = "--skip-bad",
      description = "Leave out lines that cannot be used, rather than change nothing.")
  private boolean skipBad;

  @Option(
      names = "--retire-missing",
      description = {
        "Retire workstations that are not in the file. One that is still heard goes on counting,"
            + " as one on no list."
      })
  private boolean retireMissing;

  @Option(
      names = "--yes-retire",
      paramLabel = "N",
      description = "You know that N workstations leave the fleet; needed above 5 %% of it.")
  private @Nullable Long yesRetire;

  public FleetImportCommand(Console console) {
    this.console = console;
  }

  /// The two encodings that are split safely.
  static final class Encoding implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String text) {
      return switch (text.toUpperCase(Locale.ROOT)) {
        case "UTF-8", "UTF8" -> StandardCharsets.UTF_8;
        case "GB18030", "GBK", "GB2312" -> Charset.forName("GB18030");
        default -> throw new TypeConversionException("\"" + text + "\"; write UTF-8 or GB18030");
      };
    }
  }

  @Override
  public Integer call() throws IOException {
    try (var parts = OpenServer.parts(folder.ready(), console);
        var in = Files.newInputStream(file);
        var list = parts.expected().read(in, encoding)) {
      if (!apply) {
        var plan = list.plan();
        show(plan, false);
        return plan.bad() == 0 ? Exit.OK : Exit.FOUND;
      }
      var confirmed = yesRetire == null ? OptionalLong.empty() : OptionalLong.of(yesRetire);
      if (!skipBad) {
        var plan = list.plan();
        if (plan.bad() > 0) {
          faults(plan);
        }
      }
      Plan applied;
      try (var _ = Progress.of(console, "bringing devices in line with the list")) {
        applied = list.apply(console.user(), skipBad, retireMissing, confirmed);
      }
      show(applied, true);
      return Exit.OK;
    }
  }

  private void show(Plan plan, boolean applied) {
    var retired = plan.retiring(retireMissing);
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("applied", applied)
              .put("rows", plan.rows())
              .put("added", plan.added())
              .put("returning", plan.returning())
              .put("changed", plan.changed())
              .put("same", plan.same())
              .put("kept-retired", plan.keptRetired())
              .put("retired", retired)
              .put("missing", plan.missing())
              .put("counting-before", plan.counting())
              .put("bad", plan.bad())
              .put("ignored-columns", Json.texts(plan.ignored().stream().sorted().toList()))
              .put(
                  "faults",
                  plan.faults().stream()
                      .map(fault ->
                          Json.object().put("line", fault.line()).put("why", fault.why()).build())
                      .toList())
              .build(),
          console);
      return;
    }
    console.field("Lines", plan.rows() + " understood");
    faults(plan);
    if (!plan.ignored().isEmpty()) {
      console.field(
          "Ignored", "columns " + String.join(", ", plan.ignored().stream().sorted().toList()));
    }
    console.field("Added", String.valueOf(plan.added()));
    if (plan.returning() > 0) {
      console.field("Returning", plan.returning() + ", missing before");
    }
    console.field("Changed", String.valueOf(plan.changed()));
    console.field("Same", String.valueOf(plan.same()));
    if (plan.keptRetired() > 0) {
      console.field("Retired", plan.keptRetired() + " stay so, though they are in the file");
    }
    console.field(
        "Missing",
        plan.missing()
            + (retireMissing || plan.missing() == 0 ? "" : ", which stay; see --retire-missing"));
    console.field("Retiring", retired + " of " + plan.counting());
    if (applied) {
      console.line("Applied.");
    } else {
      console.line("Nothing is changed yet; say --apply.");
    }
  }

  private void faults(Plan plan) {
    for (var fault : plan.faults().stream().limit(SHOWN).toList()) {
      console.warn("line " + fault.line() + " " + fault.why());
    }
    if (plan.bad() > SHOWN) {
      console.warn("and " + (plan.bad() - SHOWN) + " more lines");
    }
  }
}
