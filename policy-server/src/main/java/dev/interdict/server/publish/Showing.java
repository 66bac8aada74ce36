package dev.interdict.server.publish;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.publish.PublishOutcome.Done;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.keys.SigningException;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.repository.Publication;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryState;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The step in which a list becomes visible, in database and repository alike, whoever signed it.
///
/// The serial is written down in the database before anything is shown, and marked visible after
/// the repository took it. Of two that publish at once, from whichever process, the later is
/// refused rather than take the other's change back.
final class Showing {
  static final Refused OVERTAKEN =
      new Refused(
          Reason.CONFLICT,
          Sentence.of(
              "publish.same-moment",
              "somebody else published at the same moment; see what with interdict history, then"
                  + " try again"));

  private static final Refused FOREIGN =
      new Refused(
          Reason.CONFLICT,
          Sentence.of(
              "publish.foreign",
              "the list in the repository is not one that this database published; restore the two"
                  + " together from one backup"));

  private final Repository repository;
  private final Publications publications;

  Showing(Repository repository, Publications publications) {
    this.repository = repository;
    this.publications = publications;
  }

  /// The new metadata of the blocklist role, signed.
  @FunctionalInterface
  interface Signing {
    SignedFile file() throws RepositoryException;
  }

  /// Shows a list.
  ///
  /// @param before what it was made from, or null if there was nothing
  PublishOutcome show(
      String actor,
      @Nullable Published before,
      long serial,
      byte[] document,
      String summary,
      Signing signing)
      throws RepositoryException {
    if (!publications.begin(serial, actor, summary, Secrets.hash(document), document)) {
      return OVERTAKEN;
    }
    try {
      // Signed first and compared then: whoever publishes after the comparison takes the version
      // that is signed here, and the repository refuses this one.
      var file = signing.file();
      if (!Objects.equals(shown(repository.state()), before == null ? null : before.sha256())) {
        publications.failed(serial, actor, OVERTAKEN.reason());
        return OVERTAKEN;
      }
      var state =
          repository.publish(
              new Publication(
                  Map.of(RepositoryPlan.BLOCKLIST, file), Map.of(Blocklist.PATH, document)));
      return new Done(publications.shown(serial, version(state)));
    } catch (RepositoryException | SigningException e) {
      publications.failed(serial, actor, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /// As [#refused(RepositoryException)], and where signatures do not count, which keys were wrong.
  static Refused refused(RepositoryException e, Repository repository, Keyring keys) {
    if (e.family() == RepositoryException.Family.SIGNATURE) {
      try {
        var wrong = KeyMismatch.of(keys, repository.state());
        if (!wrong.isEmpty()) {
          return new Refused(Reason.TRUST, KeyMismatch.inWords(wrong, keys.folder()));
        }
      } catch (RepositoryException unreadable) {
        e.addSuppressed(unreadable);
      }
    }
    return refused(e);
  }

  /// A version that was used meanwhile is no failure of trust: somebody else was faster.
  static Refused refused(RepositoryException e) {
    return e.family() == RepositoryException.Family.ROLLBACK
        ? OVERTAKEN
        : new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
  }

  /// Why nothing can be published before people look, or null. A publication that was interrupted
  /// after it became visible is noted now.
  @Nullable Refused reconcile() throws RepositoryException {
    var before = publications.newest();
    var state = repository.state();
    var shown = shown(state);
    var known = publications.newest();
    if (!known.equals(before)) {
      // Somebody publishes just now; the comparison before showing decides who was first.
      return null;
    }
    if (Objects.equals(shown, known.map(Published::sha256).orElse(null))) {
      return null;
    }
    var interrupted =
        publications.list().stream()
            .filter(one -> one.shownAt() == null && one.sha256().equals(shown))
            .findFirst();
    interrupted.ifPresent(one -> publications.shown(one.serial(), version(state)));
    return interrupted.isPresent() ? null : FOREIGN;
  }

  /// The SHA-256 of the list in the repository, or null before the first.
  static @Nullable String shown(RepositoryState state) {
    var target = state.role(RepositoryPlan.BLOCKLIST).targets().get(Blocklist.PATH);
    return target == null ? null : target.hashes().forFileName();
  }

  private static long version(RepositoryState state) {
    return state.role(RepositoryPlan.BLOCKLIST).version();
  }
}
