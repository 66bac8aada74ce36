package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.agent.platform.Command.Outcome;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.agent.state.Uplink;
import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.support.Bundle;
import dev.interdict.support.FileList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `interdict-agent support-bundle`: one file for whoever helps. What only root can have is left
/// out for others, and the manifest says so.
@Command(
    name = "support-bundle",
    description = {
      "Writes one file (ZIP) for whoever helps: how the agent fares, its settings, its log.",
      "Secrets, and names of people, computers and addresses are taken out of it."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sudo interdict-agent support-bundle --output /tmp/interdict.zip",
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {"0:written", "1:not written; the message says why", GuardCommand.WRONG})
final class SupportBundleCommand implements Callable<Integer> {
  private static final Path JOURNALCTL = Path.of("/usr/bin/journalctl");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_LOG = 4 << 20;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'interdict-agent-'uuuuMMdd-HHmmss'.zip'");

  /// In quarantine lies what was people's.
  private static final Set<String> CLOSED = Set.of("quarantine", "scan");

  private final InstantSource clock = InstantSource.system();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to; must not be there yet (default: interdict-agent-TIME.zip here).")
  private @Nullable Path output;

  @Mixin private FolderMixin options = new FolderMixin(DefaultPlaces.asked());

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var words = options.words();
    var now = clock.instant();
    var to = output == null ? Path.of(NAME.format(now.atOffset(ZoneOffset.UTC))) : output;
    var folder = options.asked();
    var whole = gather(folder, now, to);
    var out = new Paper(spec.commandLine().getOut(), Paper.COLUMNS, false);
    out.whole(words.say("bundle.made", Printable.of(to.toAbsolutePath().normalize().toString())));
    out.line(words.say("bundle.in"));
    out.line(words.say("bundle.out"));
    if (!whole) {
      out.line(words.say("bundle.partly"));
    }
    return 0;
  }

  /// @return whether nothing had to be left out
  private static boolean gather(StateDirectory folder, Instant now, Path to) throws IOException {
    var inside = Files.isReadable(folder.path()) && Files.isExecutable(folder.path());
    Enrolment enrolment = null;
    Uplink uplink = null;
    String damage = null;
    if (inside) {
      try {
        enrolment = Enrolment.load(folder);
        uplink = Uplink.load(folder);
      } catch (IOException e) {
        damage = String.valueOf(e.getMessage());
      }
    }
    var bundle =
        new Bundle(
            "interdict-agent " + ThisDevice.AGENT_VERSION,
            now,
            People.redaction(enrolment, uplink, System.getenv()));
    bundle.json("version.json", version());
    var guard = new GuardClient(folder.socket(), PATIENCE);
    var checks = DoctorCommand.checks(guard, folder);
    bundle.json(
        "doctor.json",
        Json.object().put("checks", checks.stream().map(one -> one.json()).toList()).build());
    status(guard, bundle);
    if (inside) {
      bundle.json("settings.json", settings(enrolment, uplink, damage));
      bundle.text("files.txt", FileList.of(folder.path(), CLOSED));
    } else {
      bundle.missing("settings.json", "this account may not enter the agent's folder");
      bundle.missing("files.txt", "this account may not enter the agent's folder");
    }
    var logged = log(bundle);
    bundle.write(to);
    return inside && logged;
  }

  private static Json version() {
    return Json.object()
        .put("agent", ThisDevice.AGENT_VERSION)
        .put("java", Runtime.version().toString())
        .put("system", System.getProperty("os.name", ""))
        .put("system-version", System.getProperty("os.version", ""))
        .put("architecture", System.getProperty("os.arch", ""))
        .put("zone", ThisDevice.zone().getId())
        .build();
  }

  /// Of the guard's answer what says how it fares, and of rules no place and no person.
  private static void status(GuardClient guard, Bundle bundle) {
    try {
      var status = new GuardAnswer(guard.ask("status", null));
      var told = Json.object();
      for (var name :
          List.of("as-of", "server-reached", "scanned", "serial", "age", "gaps", "time")) {
        told.put(name, status.get(name).orNull());
      }
      bundle.json(
          "status.json",
          told.put(
                  "rules",
                  status.get("rules").items().stream().map(SupportBundleCommand::rule).toList())
              .build());
    } catch (IOException e) {
      bundle.missing("status.json", String.valueOf(e.getMessage()));
    }
  }

  private static Json rule(GuardAnswer rule) {
    return Json.object()
        .put("id", rule.get("id").orNull())
        .put("enforcement", rule.get("enforcement").orNull())
        .put("effective", rule.get("effective").orNull())
        .put("verdict", rule.get("verdict").get("kind").orNull())
        .put("prevented", rule.get("prevented").orNull())
        .put("findings", rule.get("findings").items().size())
        .put(
            "sources",
            Json.texts(
                rule.get("findings").items().stream()
                    .map(finding -> finding.get("source").text())
                    .distinct()
                    .toList()))
        .build();
  }

  private static Json settings(
      @Nullable Enrolment enrolment, @Nullable Uplink uplink, @Nullable String damage) {
    var told = Json.object().put("enrolled", enrolment != null).put("damage", damage);
    if (enrolment != null) {
      told.put("server", enrolment.server().toString())
          .put("device", enrolment.device().value())
          .put("groups", enrolment.groups().size());
    }
    if (uplink != null) {
      told.put("proxy", uplink.proxy()).put("own-authority", uplink.ca() != null);
    }
    return told.build();
  }

  /// @return whether there was one
  private static boolean log(Bundle bundle) {
    return ThisDevice.system() == OperatingSystem.LINUX
        ? journal(bundle)
        : LogFiles.ofThisSystem().into(bundle);
  }

  private static boolean journal(Bundle bundle) {
    if (!Files.isExecutable(JOURNALCTL)) {
      bundle.missing("log.txt", JOURNALCTL + " is not here");
      return false;
    }
    var arguments =
        List.of(
            "--unit=interdict-agent",
            "--lines=5000",
            "--output=short-iso",
            "--no-pager",
            "--quiet");
    var ran =
        dev.interdict.agent.platform.Command.of(JOURNALCTL, arguments, PATIENCE)
            .run(new byte[0], MOST_LOG);
    if (ran instanceof Outcome.Exited(var code, var log, var _) && code == 0 && log.length > 0) {
      bundle.text("log.txt", new String(log, StandardCharsets.UTF_8));
      return true;
    }
    bundle.missing("log.txt", "the journal told this account nothing of interdict-agent");
    return false;
  }
}
