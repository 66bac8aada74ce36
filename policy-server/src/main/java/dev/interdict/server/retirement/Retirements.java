package dev.interdict.server.retirement;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Lately;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.fleet.expected.Departures;
import dev.interdict.server.fleet.expected.Departures.Retired;
import dev.interdict.server.proposal.Kind;
import dev.interdict.server.proposal.Proposal;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.review.Person;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Says of workstations that they are gone for good, all that are named or none. What such a
/// workstation still has is in no count, so that whoever could retire the fleet could make any rule
/// look done: one person retires [#ALONE] of them within [#WITHIN], and more by the agreement of
/// another. Whatever a person's tokens do counts as theirs.
///
/// Not held by this: an import of the company's list that retires what is missing from it, of which
/// more than 5 % go only with their number typed
/// ([dev.interdict.server.fleet.expected.ListImport]), by one person; and `interdict fleet retire`,
/// by whoever has a shell on the server's host, where the database could be written as well.
/// Thread-safe.
public final class Retirements {
  /// As many as one person retires within [#WITHIN].
  public static final int ALONE = 300;

  /// Over how long these are counted, or they would be retired slice by slice.
  public static final Duration WITHIN = Duration.ofDays(1);

  /// As many as two people retire at once.
  public static final int MOST = 5_000;

  private static final String RETIRED =
      "select count(*) from audit where action = 'fleet.retire' and at > ?" + Lately.BY;

  /// So many are named in a refusal.
  private static final int NAMED = 5;

  private final Database database;
  private final Departures departures;
  private final Proposals proposals;
  private final InstantSource clock;

  public Retirements(
      Database database, Departures departures, Proposals proposals, InstantSource clock) {
    this.database = database;
    this.departures = departures;
    this.proposals = proposals;
    this.clock = clock;
  }

  /// What came of it.
  public sealed interface Outcome {
    record Done(Retired retired) implements Outcome {}

    record Not(Refused why) implements Outcome {}
  }

  /// Retires them at once, where that takes one person.
  ///
  /// @throws dev.interdict.server.fleet.expected.RefusedException if one of the names is none's
  public Outcome retire(String by, Collection<String> names, String reason) {
    return database.write(connection -> {
      var leaving = departures.leaving(connection, names);
      var before = alone(connection, by);
      if (leaving.size() + before > ALONE) {
        return new Outcome.Not(
            new Refused(
                CONTENT,
                Sentence.of(
                    "retire.second-person",
                    "%s%s: more than %s within a day need a second person. Propose it; once"
                        + " somebody agreed, carry it out",
                    change(leaving, reason).words(),
                    before == 0
                        ? ""
                        : Sentence.of(
                            "retire.after",
                            ", after %s that %s retired today",
                            before,
                            Lately.person(connection, by)),
                    ALONE)));
      }
      return new Outcome.Done(departures.retire(connection, by, names, reason, false));
    });
  }

  /// Writes it down for somebody else to agree to.
  ///
  /// @throws dev.interdict.server.fleet.expected.RefusedException if one of the names is none's
  public Proposals.Outcome propose(Person by, Collection<String> names, String reason) {
    if (!Printable.of(reason).equals(reason)) {
      return new Proposals.Outcome.Not(
          new Refused(
              CONTENT,
              Sentence.of(
                  "retire.reason",
                  "the reason is one line, without line breaks and other control characters:"
                      + " another person reads it in a list")));
    }
    var needless = new ArrayList<Integer>();
    var change =
        database.write(connection -> {
          var leaving = departures.leaving(connection, names);
          if (leaving.size() + alone(connection, by.name()) <= ALONE) {
            needless.add(leaving.size());
          }
          return change(leaving, reason);
        });
    return needless.isEmpty()
        ? proposals.propose(by, change, reason)
        : new Proposals.Outcome.Not(
            new Refused(
                CONTENT,
                Sentence.of(
                    "retire.needs-nobody",
                    "%s workstations are still in the fleet, and so many one person retires: leave"
                        + " --propose out",
                    needless.getFirst())));
  }

  /// Retires what another person agreed to: those workstations, and no others, each as it was when
  /// that was proposed.
  public Outcome carryOut(String by, long number) {
    var proposal = proposals.find(number).orElse(null);
    if (proposal == null || proposal.kind() != Kind.RETIREMENT) {
      return not(
          Sentence.of(
              "retire.no-proposal", "there is no proposal %s to retire workstations", number));
    }
    var state = proposal.state(clock.instant());
    if (!state.equals("agreed")) {
      return not(
          switch (state) {
            case "open" ->
                Sentence.of("proposal.not-agreed", "nobody agreed to proposal %s yet", number);
            case "used" ->
                Sentence.of("proposal.done", "proposal %s was carried out already", number);
            case "refused" ->
                Sentence.of("proposal.was-refused", "proposal %s was refused", number);
            default ->
                Sentence.of("proposal.ended", "proposal %s has ended; propose it anew", number);
          });
    }
    var wanted = Wanted.of(proposal);
    return database.write(connection -> {
      var heard = heard(connection, wanted.devices(), proposal.proposed().at());
      if (!heard.isEmpty()) {
        return new Outcome.Not(heard(number, heard));
      }
      var change = change(departures.leaving(connection, wanted.devices()), wanted.reason());
      var refused = proposals.use(connection, by, number, change, changed(proposal));
      return refused != null
          ? new Outcome.Not(refused)
          : new Outcome.Done(
              departures.retire(connection, by, wanted.devices(), wanted.reason(), true));
    });
  }

  /// The host names, else ids, of those that are in contact after all.
  private static List<String> heard(Connection connection, List<String> devices, Instant since)
      throws SQLException {
    var heard = new ArrayList<String>();
    for (var device : devices) {
      heard.addAll(
          Sql.list(
              connection,
              "select case when host = '' then device_id else host end from device where device_id"
                  + " = ? and last_contact > ?",
              row -> row.getString(1),
              device,
              since.toEpochMilli()));
    }
    return heard;
  }

  private static Refused heard(long number, List<String> hosts) {
    var rest = hosts.size() - NAMED;
    return new Refused(
        CONFLICT,
        Sentence.of(
            "retire.heard",
            "proposal %s says that its workstations are gone for good, and of these there was heard"
                + " from since it was made: %s%s. Propose it anew without those that are in use",
            number,
            String.join(", ", hosts.subList(0, Math.min(NAMED, hosts.size()))),
            rest > 0 ? Sentence.of("retire.more", " and %s more", rest) : ""));
  }

  private static Refused changed(Proposal proposal) {
    return new Refused(
        CONTENT,
        Sentence.of(
            "retire.changed",
            "proposal %s was agreed to for workstations of which some left the fleet since, or are"
                + " of another department: look again, and propose it anew",
            proposal.number()));
  }

  private static Outcome not(Sentence why) {
    return new Outcome.Not(new Refused(CONTENT, why));
  }

  /// How many the person behind `by` retired lately without anybody's agreement.
  private long alone(Connection connection, String by) throws SQLException {
    return Lately.count(connection, RETIRED, by, clock.instant().minus(WITHIN));
  }

  private static Graver change(SortedMap<String, String> leaving, String reason) {
    var before = Json.object();
    leaving.forEach(before::put);
    var next =
        Json.object()
            .put("devices", Json.texts(List.copyOf(leaving.keySet())))
            .put("reason", reason)
            .build();
    return new Graver(
        Graver.About.FLEET, null, before.build(), next, Direction.ofRetirement(leaving.values()));
  }

  /// Which workstations a proposal would take out; none where it is about something else.
  public List<Leaving> leaving(Proposal proposal) {
    var departments = new TreeMap<String, String>();
    if (proposal.kind() == Kind.RETIREMENT && read(proposal.base()) instanceof Json.Obj base) {
      base.members().forEach((name, each) -> departments.put(name, Wanted.name(each)));
    }
    return departments.isEmpty()
        ? List.of()
        : database.read(handle -> Leaving.of(handle, departments));
  }

  private static Json read(String canonical) {
    try {
      return JsonReader.read(canonical.getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    } catch (JsonException e) {
      throw new IllegalStateException("a proposal is no JSON", e);
    }
  }

  /// What a proposal says.
  private record Wanted(List<String> devices, String reason) {
    static Wanted of(Proposal proposal) {
      if (read(proposal.wanted()) instanceof Json.Obj wanted
          && wanted.get("devices") instanceof Json.Arr(var items)
          && wanted.get("reason") instanceof Json.Text(var reason)) {
        return new Wanted(items.stream().map(Wanted::name).toList(), reason);
      }
      throw new IllegalStateException("proposal " + proposal.number() + " names no workstations");
    }

    private static String name(@Nullable Json item) {
      return item instanceof Json.Text(var name) ? name : "";
    }
  }
}
