package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.direction.Step;
import dev.interdict.server.direction.Step.Course;
import dev.interdict.server.publish.PublishOutcome.Held;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds rules on every device, and lets go of them. To hold is anybody's; to let go makes agents
/// do more, and needs [Consent].
///
/// Each change is made from what is held at that moment and takes its place only if that still
/// stands; if not it is made anew. So of two people who hold different rules at once, with whatever
/// servers and commands, neither loses the other's. Thread-safe.
public final class Brake {
  /// How often somebody else may be faster.
  private static final int ATTEMPTS = 20;

  private final Repository repository;
  private final Keyring keys;
  private final Stops stops;
  private final Setback setback;

  Brake(Repository repository, Keyring keys, Stops stops, Setback setback) {
    this.repository = repository;
    this.keys = keys;
    this.stops = stops;
    this.setback = setback;
  }

  /// What is to be held, from what is. Asked again if somebody else was faster.
  @FunctionalInterface
  public interface Change {
    /// @param now without rules that are not on the list any more
    /// @return null to leave all as it is
    @Nullable Stop of(Stop now);
  }

  /// Changes what is held.
  public PublishOutcome change(String actor, Change change, Consent consent) {
    return change(actor, change, consent, false);
  }

  /// Holds every rule.
  public PublishOutcome holdAll(String actor, String reason) {
    return change(actor, now -> new Stop(true, now.rules(), reason), Consent.NOBODY);
  }

  /// Holds these rules beside what is held.
  public PublishOutcome hold(String actor, Set<RuleId> rules, String reason) {
    return change(actor, now -> more(now, rules, reason), Consent.NOBODY);
  }

  /// Holds these rules for somebody who cannot ask people first: while devices say that they hold
  /// something newer than is here, nobody knows what else is held, so everything is.
  public PublishOutcome holdAtLeast(String actor, Set<RuleId> rules, String reason) {
    return change(
        actor,
        now ->
            now.all() || now.rules().containsAll(rules)
                ? null
                : more(now, rules, now.rules().isEmpty() ? reason : now.reason()),
        Consent.NOBODY,
        true);
  }

  private static Stop more(Stop now, Set<RuleId> rules, String reason) {
    var held = new HashSet<>(now.rules());
    held.addAll(rules);
    return new Stop(now.all(), held, reason);
  }

  private synchronized PublishOutcome change(
      String actor, Change change, Consent consent, boolean orMore) {
    try {
      for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
        var outcome = once(actor, change, consent, orMore);
        if (outcome != null) {
          return outcome;
        }
      }
      return new Refused(
          Reason.CONFLICT,
          Sentence.of(
              "hold.others", "others change what is held again and again just now; try again"));
    } catch (JsonException | UnfitException e) {
      return new Refused(Reason.CONTENT, String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      return Showing.refused(e, repository, keys);
    } catch (IllegalStateException e) {
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    }
  }

  /// @return null if somebody else was faster
  private @Nullable PublishOutcome once(
      String actor, Change change, Consent consent, boolean orMore)
      throws RepositoryException, JsonException, UnfitException {
    var published = published();
    var seen = repository.content(RepositoryPlan.CONTROLS, Stop.PATH).orElse(null);
    var now = onList(read(seen), published);
    var next = change.of(now);
    if (next == null) {
      return new Held(now, false);
    }
    if (next.reason().isBlank()) {
      return new Refused(
          Reason.CONTENT,
          Sentence.of("hold.reason", "say why: employees whose removal is held read the reason"));
    }
    var behind = setback.refusal();
    if (behind != null) {
      // What one device says must keep nobody from the emergency stop.
      if (!next.all()) {
        if (!orMore) {
          return behind;
        }
        next = new Stop(true, next.rules(), next.reason());
      }
      repository.passOver(setback.numbersOfStop());
    }
    // A slip of the pen in an emergency must not look like a rule that is held.
    if (published != null) {
      BlocklistDraft.check(next.rules(), published);
    }
    var document = document(next);
    if (!Stop.read(document).equals(next)) {
      return new Refused(Reason.CONTENT, "agents would read this stop differently");
    }
    var graver = graver(now, next);
    var unwanted = graver == null ? null : consent.refusal(List.of(graver));
    if (unwanted != null) {
      return unwanted;
    }
    var key = List.of(keys.need(KeyRole.CONTROLS));
    if (!repository.replace(RepositoryPlan.CONTROLS, Stop.PATH, seen, document, key)) {
      return null;
    }
    stops.add(actor, written(now), next, written(next));
    return new Held(next, behind != null);
  }

  /// What is held now, as devices read it.
  ///
  /// @throws IllegalStateException if that cannot be told
  public Stop held() {
    try {
      var document = repository.content(RepositoryPlan.CONTROLS, Stop.PATH);
      return document.isEmpty() ? Stop.NONE : Stop.read(document.get());
    } catch (RepositoryException | JsonException e) {
      throw new IllegalStateException("what is held now cannot be read: " + e.getMessage(), e);
    }
  }

  /// One that nobody understands may hold anything.
  private static Stop read(byte @Nullable [] document) {
    try {
      return document == null ? Stop.NONE : Stop.read(document);
    } catch (JsonException e) {
      return new Stop(true, Set.of(), "");
    }
  }

  /// The rules that devices have, which a database from a backup may not know; null where the list
  /// cannot be read, and a stop must work all the same.
  private @Nullable Set<RuleId> published() throws RepositoryException {
    var document = repository.content(RepositoryPlan.BLOCKLIST, Blocklist.PATH);
    if (document.isEmpty()) {
      return Set.of();
    }
    try {
      return Blocklist.read(document.get()).rules().stream()
          .map(Rule::id)
          .collect(Collectors.toSet());
    } catch (JsonException e) {
      return null;
    }
  }

  /// A rule that was withdrawn needs no hold, and cannot have one.
  private static Stop onList(Stop stop, @Nullable Set<RuleId> published) {
    if (published == null) {
      return stop;
    }
    var rules = new HashSet<>(stop.rules());
    rules.retainAll(published);
    return new Stop(stop.all(), rules, stop.reason());
  }

  private static @Nullable Graver graver(Stop now, Stop next) {
    var free = new TreeSet<>(now.rules());
    free.removeAll(next.rules());
    var all = now.all() && !next.all();
    if (!all && free.isEmpty()) {
      return null;
    }
    var words = all ? "lets go of the hold of every rule" : "lets go of " + words(free);
    var step = new Step("", Course.GRAVER, words);
    return new Graver(Graver.About.STOP, null, json(now), json(next), new Direction(List.of(step)));
  }

  private static String words(Set<RuleId> rules) {
    return String.join(", ", rules.stream().map(RuleId::value).toList());
  }

  /// What a stop holds, without the words that employees read.
  public static Json.Obj json(Stop stop) {
    return Json.object()
        .put("all", stop.all())
        .put("rules", Json.texts(stop.rules().stream().sorted().map(RuleId::value).toList()))
        .build();
  }

  /// [#json] in canonical form.
  public static String written(Stop stop) {
    return new String(JsonWriter.canonical(json(stop)), StandardCharsets.UTF_8);
  }

  private static byte[] document(Stop stop) {
    return JsonWriter.pretty(
        Json.object()
            .put("format", Stop.FORMAT)
            .put("all", stop.all())
            .put("rules", Json.texts(stop.rules().stream().sorted().map(RuleId::value).toList()))
            .put("reason", stop.reason())
            .build());
  }
}
