package dev.interdict.trust;

import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.metadata.Targets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The search for the role that vouches for a target (5.6.7): depth first, in listed order, each
/// role visited once, iterative so that no depth of delegation can exhaust the stack.
final class TargetSearch {
  private TargetSearch() {}

  /// Brings a delegated role, verified for exactly this delegation.
  @FunctionalInterface
  interface Roles {
    Targets load(Delegation delegation) throws RepositoryException, UnreachableException;
  }

  /// A role that lists the target.
  ///
  /// @param chain from the top-level role to the one that lists it
  record Hit(List<Targets> chain, TargetFile target) {}

  private record Step(List<Targets> above, Delegation delegation) {}

  /// The first role that lists `path`, or null. A role that cannot be verified ends the search with
  /// its error rather than being passed over, since a later role might say something else.
  static @Nullable Hit find(String path, Targets top, Roles roles, int mostRoles)
      throws RepositoryException, UnreachableException {
    Set<RoleName> visited = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    var chain = List.of(top);
    while (true) {
      var role = chain.getLast();
      var target = role.targets().get(path);
      if (target != null) {
        return new Hit(chain, target);
      }
      open(path, chain, open);
      while (!open.isEmpty() && !visited.add(open.peek().delegation().role())) {
        open.pop();
      }
      if (open.isEmpty()) {
        return null;
      }
      if (visited.size() > mostRoles) {
        throw new RepositoryException(
            Family.LIMIT, "the search for a target visits more than " + mostRoles + " roles");
      }
      var step = open.pop();
      chain = new ArrayList<>(step.above());
      chain.add(roles.load(step.delegation()));
    }
  }

  /// Puts the role's matching delegations before all that is still open; a terminating one takes
  /// the place of everything after it.
  private static void open(String path, List<Targets> chain, Deque<Step> open) {
    var matching = new ArrayList<Delegation>();
    for (var delegation : chain.getLast().matching(path)) {
      matching.add(delegation);
      if (delegation.terminating()) {
        open.clear();
        break;
      }
    }
    for (var delegation : matching.reversed()) {
      open.push(new Step(chain, delegation));
    }
  }
}
