package dev.interdict.server.main;

import dev.interdict.server.breaker.Trips;
import dev.interdict.server.events.Links;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.Limits;
import dev.interdict.server.mail.MailDesk;
import dev.interdict.server.mail.MailSettings;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Recognition;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Examiner;
import dev.interdict.server.review.Previews;
import dev.interdict.server.review.Releases;
import dev.interdict.server.review.Reviews;
import dev.interdict.server.risk.Register;
import dev.interdict.server.syslog.SyslogDesk;
import dev.interdict.server.syslog.SyslogReader;
import dev.interdict.server.webhooks.Sender;
import dev.interdict.server.webhooks.WebhookDesk;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The slices by which people decide about rules and devices, over open parts and with the server's
/// own keys: what the API needs to do what the commands do.
///
/// @param clock the one that the server signs by
/// @param publisher the one for the keys that are trusted now
/// @param keys the folder of the server's keys
/// @param links to the console, for those who read of events
public record Governance(
    InstantSource clock,
    Publications publications,
    Supplier<Publisher> publisher,
    Drafts drafts,
    Examiner examiner,
    Previews previews,
    Reviews reviews,
    Releases releases,
    Register register,
    Trips trips,
    Cases cases,
    Decisions decisions,
    ExemptionFiles exemptionFiles,
    Path keys,
    WebhookDesk webhooks,
    MailDesk mail,
    SyslogDesk syslog,
    Links links) {

  /// @param clock the one that the server signs by
  /// @param keys the folder of the server's keys
  /// @param limits of exemptions
  /// @param criticalGroups of which a reviewer has to look at the matches
  /// @param sender to webhooks
  /// @param mail null where it is not set up
  /// @param collector null where none is set up
  public static Governance of(
      Parts parts,
      InstantSource clock,
      Supplier<Publisher> publisher,
      ExemptionFiles exemptionFiles,
      Path keys,
      Limits limits,
      Duration silentAfter,
      Set<String> criticalGroups,
      Sender sender,
      @Nullable MailSettings mail,
      @Nullable SyslogReader collector) {
    var database = parts.database();
    var audit = parts.audit();
    var publications = new Publications(database, audit, clock);
    var register = new Register(database, audit, clock);
    var drafts = new Drafts(database, audit, clock);
    var examiner = new Examiner(new PublishedRules(publications), register, clock);
    var previews =
        new Previews(
            database, audit, clock, new Recognition(publications), silentAfter, criticalGroups);
    var reviews = new Reviews(drafts, examiner, previews);
    var inForce = new InForce(publications);
    return new Governance(
        clock,
        publications,
        publisher,
        drafts,
        examiner,
        previews,
        reviews,
        new Releases(drafts, examiner, reviews, previews, clock),
        register,
        new Trips(database, audit, clock),
        new Cases(database),
        new Decisions(
            database,
            audit,
            clock,
            limits,
            () ->
                inForce.get().rules().stream()
                    .map(rule -> rule.id())
                    .collect(Collectors.toUnmodifiableSet())),
        exemptionFiles,
        keys,
        new WebhookDesk(database, audit, sender, parts.clock(), new SecureRandom()),
        new MailDesk(
            database, audit, mail, () -> inForce.get().issuer(), parts.clock(), new SecureRandom()),
        new SyslogDesk(database, audit, collector, parts.clock(), new SecureRandom()),
        sender.links());
  }
}
