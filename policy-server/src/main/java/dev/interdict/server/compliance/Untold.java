package dev.interdict.server.compliance;

import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/// Whether people are told figures of a part of the fleet. Not of one that is small; nor of one
/// that differs by a small group from another that they are told of, as the fleet without a small
/// department does: small groups are told together ([Overview.Group#small]), so a part has all of
/// those or none. Looked at along each of what parts are told apart by, within the others. Nor of
/// one that is narrowed by several of these where what is beside it is small, which is what is left
/// where any of them mean the opposite: it could be told from the part and those that have it.
///
/// Not looked at is what comes from adding up many parts.
record Untold(Kept kept, Scope scope, Part part) {
  boolean isTold() {
    var size = kept.size(Subset.of(scope, part));
    return size >= Overview.Group.SMALLEST
        && isTogether(
            GroupBy.DEPARTMENT, part.departments(), new Part(Terms.ALL, part.os(), part.rings()))
        && isTogether(GroupBy.OS, part.os(), new Part(part.departments(), Terms.ALL, part.rings()))
        && isTogether(
            GroupBy.RING, part.rings(), new Part(part.departments(), part.os(), Terms.ALL))
        && !isBesideFew();
  }

  private boolean isBesideFew() {
    if (Stream.of(part.departments(), part.os(), part.rings()).filter(Terms::isAll).count() > 1) {
      return false;
    }
    var by = part.rings().isAll() ? GroupBy.CELL : GroupBy.RINGED_CELL;
    var which = Subset.of(scope);
    // By which of the keys let through what is there: a key that says nothing lets everything.
    var sizes = new HashMap<List<Boolean>, Long>();
    kept.absent(by, which).forEach((group, n) -> sizes.merge(within(group), n, Long::sum));
    kept.fleet(by, which).forEach(each -> sizes.merge(within(each.group()), each.n(), Long::sum));
    return sizes.values().stream().anyMatch(n -> n > 0 && n < Overview.Group.SMALLEST);
  }

  private List<Boolean> within(String group) {
    var of = Counting.RingedCell.of(group);
    return List.of(
        part.departments().allows(of.cell().department()),
        part.os().allows(of.cell().os()),
        part.rings().allows(of.ring()));
  }

  private boolean isTogether(GroupBy by, Terms terms, Part without) {
    if (terms.isAll()) {
      return true;
    }
    var which = Subset.of(scope, without);
    var sizes = new HashMap<>(kept.absent(by, which));
    kept.fleet(by, which).forEach(each -> sizes.merge(each.group(), each.n(), Long::sum));
    sizes.values().removeIf(n -> n == 0);
    var small = Overview.Group.small(sizes);
    var in = small.stream().filter(terms::allows).count();
    return in == 0 || in == small.size();
  }
}
