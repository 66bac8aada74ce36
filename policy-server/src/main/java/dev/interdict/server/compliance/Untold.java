package dev.interdict.server.compliance;

import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import java.util.HashMap;

/// Whether people are told figures of a part of the fleet. Not of one that is small; nor of one
/// that differs by a small group from another that they are told of, as the fleet without a small
/// department does: small groups are told together ([Overview.Group#small]), so a part has all of
/// those or none. Looked at along each of what parts are told apart by, within the others.
record Untold(Kept kept, Scope scope, Part part) {
  boolean isTold() {
    var size = kept.size(Kept.Which.of(scope, part));
    return size >= Overview.Group.SMALLEST
        && isTogether(
            Kept.By.DEPARTMENT, part.departments(), new Part(Terms.ALL, part.os(), part.rings()))
        && isTogether(Kept.By.OS, part.os(), new Part(part.departments(), Terms.ALL, part.rings()))
        && isTogether(
            Kept.By.RING, part.rings(), new Part(part.departments(), part.os(), Terms.ALL));
  }

  private boolean isTogether(Kept.By by, Terms terms, Part without) {
    if (terms.isAll()) {
      return true;
    }
    var which = Kept.Which.of(scope, without);
    var sizes = new HashMap<>(kept.absent(by, which));
    kept.fleet(by, which).forEach(each -> sizes.merge(each.group(), each.n(), Long::sum));
    sizes.values().removeIf(n -> n == 0);
    var small = Overview.Group.small(sizes);
    var in = small.stream().filter(terms::allows).count();
    return in == 0 || in == small.size();
  }
}
