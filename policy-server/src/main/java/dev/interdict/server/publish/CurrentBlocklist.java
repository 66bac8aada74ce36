package dev.interdict.server.publish;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The list that devices can see now, for pages. Asks the database each time whether there is a
/// newer one, so that what a command published meanwhile is there; parses each only once.
/// Thread-safe.
public final class CurrentBlocklist implements Supplier<Blocklist> {
  private final Publications publications;
  private final AtomicReference<Blocklist> last = new AtomicReference<>(Blocklist.EMPTY);

  public CurrentBlocklist(Publications publications) {
    this.publications = publications;
  }

  @Override
  public Blocklist get() {
    var newest = publications.newest();
    if (newest.isEmpty()) {
      return Blocklist.EMPTY;
    }
    var known = last.get();
    if (known.serial() == newest.get().serial()) {
      return known;
    }
    try {
      var read = Blocklist.read(publications.document(newest.get().serial()).orElseThrow());
      last.set(read);
      return read;
    } catch (JsonException e) {
      throw new IllegalStateException("the published list cannot be read again", e);
    }
  }
}
