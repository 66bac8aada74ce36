package dev.interdict.server.mail;

import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Follower;
import dev.interdict.server.events.Links;
import dev.interdict.server.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes mails of those events that people are told of, into the queue: twice the same event makes
/// one mail.
final class MailReader implements Follower.Reader {
  private static final Logger LOG = LoggerFactory.getLogger(MailReader.class);

  /// Where employees see their own workstations; the page of a device is not for them.
  private static final String OWN_PAGE = "/me";

  private static final Set<EventKind> DECISIONS =
      Set.of(
          EventKind.EXEMPTION_GRANTED,
          EventKind.EXEMPTION_REFUSED,
          EventKind.EXEMPTION_ENDING,
          EventKind.EXEMPTION_ENDED);

  private final Database database;
  private final MailSettings settings;
  private final Composer composer;
  private final Links links;
  private final InstantSource clock;

  MailReader(
      Database database,
      MailSettings settings,
      Composer composer,
      Links links,
      InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.composer = composer;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public void read(List<Event> events) {
    var byEvent = new ArrayList<List<Mail>>();
    for (var event : events) {
      var mails = new ArrayList<Mail>();
      mails.addAll(composer.event(event, recipients(event), links.of(event)));
      mails.addAll(composer.event(event, employee(event), links.page(OWN_PAGE)));
      if (!mails.isEmpty()) {
        byEvent.add(mails);
      }
    }
    if (!byEvent.isEmpty()) {
      var now = clock.instant();
      var left =
          database.write(connection -> {
            var out = 0;
            var created = MailRows.behind(connection, now);
            for (var mails : byEvent) {
              // A moment apart, so that they leave in the order in which things happened.
              out += MailRows.add(connection, mails, created, now);
              created = created.plusMillis(1);
            }
            return out;
          });
      if (left > 0) {
        LOG.atError()
            .addKeyValue("mails", left)
            .log("mails were not written, for too many wait already");
      }
    }
  }

  private List<String> recipients(Event event) {
    return switch (event.kind()) {
      case POLICY_PUBLISHED,
          POLICY_WITHDRAWN,
          POLICY_PAUSED,
          POLICY_RESUMED,
          RING_BREAKER_TRIPPED ->
          settings.announcements();
      case EXEMPTION_REQUESTED,
          EXEMPTION_GRANTED,
          EXEMPTION_REFUSED,
          EXEMPTION_ENDING,
          EXEMPTION_ENDED ->
          settings.exemptions();
      default -> List.of();
    };
  }

  /// Whoever the company's list names for the workstation, if by an address, of decisions on it.
  /// Who is told as one who decides as well gets that one mail.
  private List<String> employee(Event event) {
    var device = event.device();
    if (!settings.employees() || device == null || !DECISIONS.contains(event.kind())) {
      return List.of();
    }
    return database
        .read(handle ->
            handle
                .createQuery("select person from expected_device where device_id = :device")
                .bind("device", device)
                .mapTo(String.class)
                .list())
        .stream()
        .filter(person ->
            person != null && MailAddress.is(person) && !settings.exemptions().contains(person))
        .toList();
  }
}
