package dev.interdict.agent.platform.session;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.platform.Conversation;
import dev.interdict.policy.RuleId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The notices that are up, each with the worker that hears its buttons. A later notice of the same
/// rule to the same person takes the place of an earlier one, whose worker ends. Thread-safe.
///
/// A session decides how long its notices stay, so their number is bounded: beyond it the oldest
/// worker ends, and its notice stays without anybody to hear its buttons.
final class OpenNotices implements AutoCloseable {
  static final int MOST_OF_ONE = 3;
  static final int MOST = 8;

  private final Map<Place, Handle> last = new HashMap<>();
  private final List<Up> up = new ArrayList<>();

  private record Place(int uid, RuleId rule) {}

  private record Up(int uid, Set<RuleId> rules, Conversation worker) {}

  /// The messages that `notice` takes the place of; remembered as long as this process runs.
  synchronized List<Handle> replacedBy(Notice notice) {
    return places(notice).stream().map(last::get).filter(Objects::nonNull).distinct().toList();
  }

  /// Takes over `worker`, which has shown `notice`.
  synchronized void put(Notice notice, @Nullable Handle handle, Conversation worker) {
    var places = places(notice);
    if (handle != null) {
      places.forEach(place -> last.put(place, handle));
    }
    var uid = notice.recipient().uid();
    var rules = places.stream().map(Place::rule).collect(Collectors.toSet());
    end(one -> !one.worker().isAlive());
    end(one -> one.uid() == uid && one.rules().stream().anyMatch(rules::contains));
    up.add(new Up(uid, rules, worker));
    var theirs = up.stream().filter(one -> one.uid() == uid).toList();
    if (theirs.size() > MOST_OF_ONE) {
      end(theirs.getFirst()::equals);
    }
    if (up.size() > MOST) {
      end(up.getFirst()::equals);
    }
  }

  private static List<Place> places(Notice notice) {
    var uid = notice.recipient().uid();
    return notice.matters().stream().map(Matter::rule).map(rule -> new Place(uid, rule)).toList();
  }

  private void end(Predicate<Up> which) {
    up.removeIf(one -> {
      var ends = which.test(one);
      if (ends) {
        one.worker().close();
      }
      return ends;
    });
  }

  /// Ends every worker.
  @Override
  public synchronized void close() {
    end(_ -> true);
  }
}
