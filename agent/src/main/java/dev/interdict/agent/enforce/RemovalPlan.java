package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.policy.RuleId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be taken away for one item, and what the user is told when asking for it back.
///
/// @param item the item in words
/// @param owner the home all parts lie in; null for machine-wide ones, which root must own
/// @param parts as the scan saw them; parts inside others go with them and still name programs to
///   stop
/// @param amendments what to cut out of other programs' lists; first, since what they were made
///   from is seen no more once the parts are gone
/// @param emptied directories to remove if nothing is left in them, such as npm's scope folder
/// @param keep paths that are never taken, nor anything that holds them
/// @param reasons by language tag
/// @param stub what is left where its commands were; null for nothing
public record RemovalPlan(
    RuleId rule,
    String item,
    Identity identity,
    @Nullable Home owner,
    List<Part> parts,
    List<Amendment> amendments,
    List<BytePath> emptied,
    List<BytePath> keep,
    Map<String, String> reasons,
    @Nullable StubText stub) {
  public RemovalPlan {
    parts = List.copyOf(parts);
    amendments = List.copyOf(amendments);
    emptied = List.copyOf(emptied);
    keep = List.copyOf(keep);
    reasons = Map.copyOf(reasons);
  }

  /// A plan that changes nobody's list and leaves nothing.
  public RemovalPlan(
      RuleId rule,
      String item,
      Identity identity,
      @Nullable Home owner,
      List<Part> parts,
      List<BytePath> emptied,
      List<BytePath> keep,
      Map<String, String> reasons) {
    this(rule, item, identity, owner, parts, List.of(), emptied, keep, reasons, null);
  }

  /// The same for other parts.
  public RemovalPlan withParts(List<Part> other) {
    return new RemovalPlan(
        rule, item, identity, owner, other, amendments, emptied, keep, reasons, stub);
  }

  /// The parts in whose place a stub is left once all is gone.
  public List<Part> commands() {
    return stub == null ? List.of() : StubPlaces.in(this);
  }

  /// The parts that are moved: those that lie in no other part, what brings the item back first.
  public List<Part> outermost() {
    return parts.stream()
        .filter(part -> parts.stream().noneMatch(other -> inside(part, other)))
        .sorted(Comparator.comparing(part -> part.role() != Part.Role.PERSISTENCE))
        .toList();
  }

  private static boolean inside(Part part, Part other) {
    return part.path().depth() > other.path().depth() && part.path().startsWith(other.path());
  }
}
