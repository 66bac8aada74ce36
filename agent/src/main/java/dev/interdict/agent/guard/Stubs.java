package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.StandingStub;
import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the guard knows of its own stubs: they are no finding, and they stand only while the rule
/// that left them is in force and asks for them.
///
/// A stub is known by what is in it, which the journal holds the digest of, each time anew: whoever
/// puts something else in its place, whatever it says of itself, has put a finding there.
final class Stubs {
  private final Bench bench;

  Stubs(Bench bench) {
    this.bench = bench;
  }

  private List<StandingStub> standing() {
    try {
      return bench.at(Hands::stubs);
    } catch (IOException e) {
      // Then everything that was seen counts.
      return List.of();
    }
  }

  /// What was seen, without our own stubs.
  Inventory without(Inventory inventory) {
    var stubs = standing();
    if (stubs.isEmpty()) {
      return inventory;
    }
    var items =
        inventory.items().stream()
            .map(item -> without(item, stubs))
            .filter(Objects::nonNull)
            .toList();
    return new Inventory(inventory.homes(), items, inventory.processes(), inventory.gaps());
  }

  /// The item without parts that are stubs; nothing where it was nothing else.
  private static @Nullable Item without(Item item, List<StandingStub> stubs) {
    var parts = item.parts().stream().filter(part -> !is(part, stubs)).toList();
    if (parts.size() == item.parts().size()) {
      return item;
    }
    return parts.isEmpty() ? null : item.withParts(parts);
  }

  private static boolean is(Part part, List<StandingStub> stubs) {
    return stubs.stream()
        .anyMatch(stub -> stub.path().equals(part.path()) && stub.file().equals(part.id()));
  }

  /// Whether what arrived there is a stub that we left.
  boolean stand(Watch.Place place) {
    return standing().stream().anyMatch(stub -> stub.path().equals(place.path()));
  }

  /// Takes away what has stood long enough, and what no rule in force wants any more.
  void follow(List<Judged> judged, Instant now) {
    var wanted =
        judged.stream()
            .filter(Stubs::wants)
            .map(one -> one.rule().id())
            .collect(Collectors.toUnmodifiableSet());
    for (var stub : standing()) {
      if (!wanted.contains(stub.rule()) || !stub.until().isAfter(now)) {
        take(stub);
      }
    }
  }

  private void take(StandingStub stub) {
    try {
      bench.at(hands -> hands.takeStub(stub));
    } catch (IOException e) {
      // The next cycle tries again.
    }
  }

  /// A list that has expired says nothing new: what it left stays. Before the date it stays where
  /// somebody asked for the removal.
  private static boolean wants(Judged one) {
    return one.rule().stub() != null
        && one.rule().enforcement() == Enforcement.REMOVE
        && switch (one.verdict()) {
          case Verdict.Due _ -> true;
          case Verdict.Held(var hold, var _) -> hold == Verdict.Hold.POLICY_EXPIRED;
          case Verdict.Waiting _ -> !one.history().consents().isEmpty();
          case Verdict.OutOfScope _, Verdict.Unannounced _, Verdict.Exempt _ -> false;
        };
  }
}
