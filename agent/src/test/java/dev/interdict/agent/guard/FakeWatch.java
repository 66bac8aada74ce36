package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A watch that writes down what it is to watch.
final class FakeWatch implements Watch {
  Set<Place> places = Set.of();
  List<Carrier> carriers = List.of();
  final List<Arrived> arrived = new ArrayList<>();

  @Override
  public void over(Set<Place> places, List<Carrier> carriers) {
    this.places = Set.copyOf(places);
    this.carriers = List.copyOf(carriers);
  }

  @Override
  public List<Arrived> arrived() {
    var all = List.copyOf(arrived);
    arrived.clear();
    return all;
  }

  @Override
  public void close() {}
}
