package dev.interdict.server.publish;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.Inspection;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.store.Secrets;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.io.IOException;
import java.time.InstantSource;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What people sign on machines of their own, as a running server hands it out and takes it back:
/// by the same steps as the commands, with the keys that are trusted at this moment. Nothing that
/// comes back is believed before it is verified from the first root. Thread-safe.
public final class Offline {
  static final int ATTEMPTS = 5;

  private final Repository repository;
  private final Keyring keys;
  private final Publications publications;
  private final String issuer;
  private final InstantSource clock;

  Offline(
      Repository repository,
      Keyring keys,
      Publications publications,
      String issuer,
      InstantSource clock) {
    this.repository = repository;
    this.keys = keys;
    this.publications = publications;
    this.issuer = issuer;
    this.clock = clock;
  }

  /// What drafts lists as of now, dated never before the one that they follow.
  public ListDrafting lists() throws RepositoryException {
    var last = repository.state().role(RepositoryPlan.BLOCKLIST).header().issued();
    var now = clock.instant();
    var dated = last != null && last.isAfter(now) ? last : now;
    InstantSource then = () -> dated;
    return new ListDrafting(repository.at(then), publications, issuer, then);
  }

  /// Something, and what was published while it was made ([#base]).
  public record Based<T>(String base, T made) {}

  /// Makes something of what is published, again where that changed meanwhile: it is made of what
  /// it is said to be made of.
  ///
  /// @throws RepositoryException also if it changed each of [#ATTEMPTS] times
  public <T> Based<T> based(Supplier<T> making) throws RepositoryException {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var base = base();
      var made = making.get();
      if (base.equals(base())) {
        return new Based<>(base, made);
      }
    }
    throw new RepositoryException(
        RepositoryException.Family.ROLLBACK,
        "something else was published each time that the list was made; try again");
  }

  /// Names what a list is made of and put in the place of: while this says the same, nothing was
  /// published that a list drafted before would take back.
  public String base() throws RepositoryException {
    var state = repository.state();
    return "root "
        + state.trusted().root().version()
        + ", targets "
        + state.role(RoleName.TARGETS).version()
        + ", blocklist "
        + state.role(RepositoryPlan.BLOCKLIST).version()
        + ", list "
        + publications.newest().map(Published::sha256).orElse("none")
        + ", passed over "
        + publications.passedOver();
  }

  /// Why these files are not to be published, or null: somebody took one of them back.
  public @Nullable String withdrawn(SigningDraft draft) {
    return publications.withdrawals().of(draft.next().values());
  }

  /// Takes a draft back, so that nobody publishes it here any more.
  ///
  /// @return why it cannot be taken back, or null if it was
  public @Nullable String withdraw(String actor, SigningDraft draft, String reason) {
    return publications.withdrawals().withdraw(actor, draft, reason);
  }

  /// A draft by which these roles are signed again as they are, before they run out.
  public SigningDraft renewal(String actor, Set<RoleName> roles) throws RepositoryException {
    var drafting = trust();
    return drafting.draft(actor, drafting.now(), roles);
  }

  /// Copies of a draft that came back, verified from this server's own first root.
  ///
  /// @param copies by the names that errors call them
  /// @throws IllegalArgumentException if they are not copies of one draft
  public Inspected inspect(SequencedMap<String, SigningDraft> copies) throws RepositoryException {
    return Inspection.joined(copies, Secrets.hash(repository.initialRoot()), clock.instant());
  }

  /// Publishes a list that enough people have signed.
  public PublishOutcome publishList(String actor, Inspected signed, Consent consent) {
    return new ListDrafting(repository, publications, issuer, clock)
        .publish(actor, signed, consent);
  }

  /// Publishes a change of keys that enough people have signed.
  ///
  /// @throws RepositoryException if clients would refuse it; nothing became visible then
  public TrustDrafting.Done publishKeys(String actor, Inspected signed)
      throws RepositoryException, IOException {
    return trust().publish(actor, signed, keys.reopened());
  }

  /// Notes that somebody wanted to have published what is not fit for it.
  ///
  /// @param what such as `blocklist`
  public void refused(String actor, String what, String reason) {
    publications.controlled(actor, what + ".publish-refused", "a file signed elsewhere", reason);
  }

  private TrustDrafting trust() {
    return new TrustDrafting(repository, publications, clock);
  }
}
