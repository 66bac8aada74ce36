package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The order of acts for one plan: guard, amend the lists of other programs, take the files (what
/// would start it again first), then stop what still runs from them, then clear the empty
/// directories. Files first, since a supervisor would otherwise start the next process before the
/// last one is gone. Once all is gone, stubs are left where the rule wants them.
public final class Enforcing {
  private Enforcing() {}

  /// How one plan went.
  ///
  /// @param amendments one outcome for each of [RemovalPlan#amendments]
  /// @param parts one outcome for each of [RemovalPlan#outermost], in that order; a single refusal
  ///   where the guard spared the plan as a whole
  public record Removal(List<Outcome> amendments, List<Outcome> parts, Outcome stopping) {
    public Removal {
      amendments = List.copyOf(amendments);
      parts = List.copyOf(parts);
    }

    /// What became of everything that was to be taken or changed.
    public List<Outcome> files() {
      return Stream.concat(amendments.stream(), parts.stream()).toList();
    }

    /// Done if anything was done and all was achieved; otherwise the first thing that was not.
    public Outcome overall() {
      var all = new ArrayList<>(files());
      all.add(stopping);
      return all.stream()
          .filter(outcome -> !outcome.achieved())
          .findFirst()
          .orElseGet(() ->
              all.stream().anyMatch(Outcome.Done.class::isInstance)
                  ? new Outcome.Done()
                  : new Outcome.AlreadyDone());
    }
  }

  /// Carries out a plan.
  ///
  /// @param grace how long a program may take to end itself
  public static Removal apply(RemovalPlan plan, Hands hands, Duration grace) {
    var spared = ProtectedList.protects(plan);
    if (spared.isPresent()) {
      return new Removal(List.of(), List.of(spared.get()), new Outcome.AlreadyDone());
    }
    var amended = plan.amendments().stream().map(one -> amend(plan, one, hands)).toList();
    var taken = plan.outermost().stream().map(part -> hands.take(plan, part)).toList();
    var stopping = hands.stop(programs(plan, taken), grace);
    plan.emptied().forEach(directory -> hands.removeEmpty(plan, directory));
    if (Stream.concat(amended.stream(), taken.stream()).allMatch(Outcome::achieved)) {
      // Nothing depends on it: where it does not come about, the removal is the same.
      plan.commands().forEach(command -> hands.leaveStub(plan, command));
    }
    return new Removal(amended, taken, stopping);
  }

  private static Outcome amend(RemovalPlan plan, Amendment amendment, Hands hands) {
    var spared = ProtectedList.protects(plan, amendment);
    return spared.isPresent() ? spared.get() : hands.amend(plan, amendment);
  }

  /// What was refused is not ours to stop: it may not be the program that was matched.
  private static java.util.Set<FileId> programs(RemovalPlan plan, List<Outcome> taken) {
    var outermost = plan.outermost();
    return plan.parts().stream()
        .filter(part -> {
          for (var i = 0; i < outermost.size(); i++) {
            if (part.path().startsWith(outermost.get(i).path())) {
              return taken.get(i).achieved();
            }
          }
          return false;
        })
        .map(Part::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}
