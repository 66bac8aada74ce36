package dev.interdict.server.cli.publishing;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.store.Database;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option by which one person alone does what needs two. It is written down before anything is
/// signed, and said aloud.
public final class BreakGlass {
  private static final int LEAST = 10;
  private static final int MOST = 500;

  @Option(
      names = "--break-glass",
      paramLabel = "REASON",
      description =
          "Do alone what needs two people, in an emergency. The reason and every such change"
              + " go to the audit log, and people are told to look at it.")
  private @Nullable String reason;

  private boolean broken;

  /// What agrees in the name of one person, where the option was given; else `others`.
  public Consent or(Consent others, Parts parts, String actor) {
    return reason == null ? others : consent(parts.database(), parts.audit(), actor);
  }

  /// What agrees in the name of one person, where the option was given; else nobody does.
  public Consent consent(Database database, Audit audit, String actor) {
    var why = reason;
    if (why == null) {
      return Consent.NOBODY;
    }
    if (why.strip().length() < LEAST || why.length() > MOST || !Printable.of(why).equals(why)) {
      throw new Failure(
          Exit.USAGE,
          "--break-glass wants a reason of " + LEAST + " to " + MOST + " characters in one line");
    }
    return changes -> {
      database.write(connection -> {
        for (var change : changes) {
          audit.append(
              connection,
              actor,
              "break-glass",
              object(change),
              Json.object()
                  .put("reason", why)
                  .put("change", change.words())
                  .put("rule", change.next())
                  .build());
        }
        return changes.size();
      });
      broken = true;
      return null;
    };
  }

  private static String object(Graver change) {
    return switch (change.about()) {
      case RULE -> String.valueOf(change.rule());
      case COLLECTION -> "collection";
      case RING -> "rings";
      case FLEET -> "fleet";
      case STOP -> "controls";
    };
  }

  /// Says aloud what was done.
  public void warn(PublishOutcome outcome, Console console) {
    if (broken
        && (outcome instanceof PublishOutcome.Done || outcome instanceof PublishOutcome.Held)) {
      console.warn(
          console.red("BREAK GLASS")
              + "  done without a second person. It is in the audit log as break-glass; have"
              + " somebody look at it today.");
    }
  }
}
