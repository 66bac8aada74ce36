package dev.interdict.server.publish;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import java.util.function.Supplier;

/// The blocklist that devices see now: that of the newest publication which became visible, or the
/// empty one before the first. Read once per serial, since a publication never changes.
/// Thread-safe.
public final class InForce implements Supplier<Blocklist> {
  private final Publications publications;
  private volatile Blocklist last = Blocklist.EMPTY;

  public InForce(Publications publications) {
    this.publications = publications;
  }

  @Override
  public Blocklist get() {
    var newest = publications.newest().map(Published::serial).orElse(0L);
    var known = last;
    if (known.serial() != newest) {
      known = newest == 0 ? Blocklist.EMPTY : read(newest);
      last = known;
    }
    return known;
  }

  private Blocklist read(long serial) {
    var document = publications.document(serial).orElseThrow();
    try {
      return Blocklist.read(document);
    } catch (JsonException e) {
      throw new IllegalStateException("publication " + serial + " cannot be read back", e);
    }
  }
}
