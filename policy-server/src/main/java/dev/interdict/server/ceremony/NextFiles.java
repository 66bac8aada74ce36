package dev.interdict.server.ceremony;

import static dev.interdict.server.ceremony.Present.wrong;

import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.repository.Expiries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// Reads the new files of a draft, each held to what a signature may be put under: the next
/// version, times that the signer's own clock bears out, and not one member that is not shown.
///
/// @param now by the signer's clock
record NextFiles(Present present, Instant now) {
  /// Versions may skip what was prepared and given up; more than that would use them up for good.
  private static final long MOST_SKIPPED = 100;

  /// By how much the clocks of server and signer may differ.
  private static final Duration CLOCKS = Duration.ofHours(26);

  /// How long a draft may have been on its way.
  private static final Duration OLDEST = Duration.ofDays(21);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,60}");

  Root root(SignedFile file) throws RepositoryException {
    var read = Root.read(file.bytes());
    var wanted = present.root().version() + 1;
    if (read.version() != wanted) {
      throw wrong("its root has version " + read.version() + ", not " + wanted);
    }
    checkTimes(RoleName.ROOT, present.root().header(), read.header());
    if (!Schemes.SPECIFICATION.names().containsAll(read.schemes().names())) {
      throw wrong("its root allows signature schemes that nobody knows");
    }
    var shown = Root.write(read.header(), read.roles(), read.time(), read.schemes());
    checkWhole(RoleName.ROOT, shown.equals(file.signed()));
    return read;
  }

  Targets targets(RoleName role, SignedFile file) throws RepositoryException {
    if (role.isTopLevel() && !role.equals(RoleName.TARGETS)) {
      throw wrong("people do not sign role " + role.encoded());
    }
    var read = Targets.read(role, file.bytes());
    var old = present.role(role);
    var before = old.version();
    if (read.version() <= before || read.version() > before + MOST_SKIPPED) {
      throw wrong(
          "role " + role.encoded() + " goes from version " + before + " to " + read.version());
    }
    checkTimes(role, old.header(), read.header());
    checkDelegations(old, read);
    var shown = Targets.write(read.header(), read.targets(), read.delegations());
    checkWhole(role, shown.equals(file.signed()));
    return read;
  }

  /// Readers pass over members that they do not know, as the specification wants it. A signer must
  /// not: a newer reader may know them.
  private static void checkWhole(RoleName role, boolean whole) throws RepositoryException {
    if (!whole) {
      throw wrong(
          "the new metadata of role "
              + role.encoded()
              + " holds members that this version cannot show; sign with the version that made it");
    }
  }

  /// Names that read as what they are, in the order in which a search follows them.
  private static void checkDelegations(Targets old, Targets next) throws RepositoryException {
    var kept = new ArrayList<RoleName>();
    for (var delegation : next.delegations()) {
      if (!NAME.matcher(delegation.role().value()).matches()) {
        throw wrong("it delegates to a role whose name is not of a-z, 0-9 and dashes");
      }
      if (old.delegation(delegation.role()) != null) {
        kept.add(delegation.role());
      }
    }
    var order = new ArrayList<RoleName>();
    for (var delegation : old.delegations()) {
      if (next.delegation(delegation.role()) != null) {
        order.add(delegation.role());
      }
    }
    if (!kept.equals(order)) {
      throw wrong("it changes the order of the delegations");
    }
  }

  /// What people sign binds every device's clock from below and every list's life from above.
  private void checkTimes(RoleName role, Header old, Header header) throws RepositoryException {
    var issued = header.issued();
    var earliest = now.minus(OLDEST);
    if (old.issued() != null && old.issued().isAfter(earliest)) {
      earliest = old.issued();
    }
    if (issued == null || issued.isAfter(now.plus(CLOCKS)) || issued.isBefore(earliest)) {
      throw wrong(
          "role "
              + role.encoded()
              + " is dated "
              + issued
              + ", here it is "
              + now
              + "; it must not be dated before "
              + earliest
              + ": draft it anew, or set the wrong one of the two clocks right");
    }
    var latest = now.plus(Expiries.STANDARD.of(role)).plus(CLOCKS);
    if (!header.expires().isAfter(now) || header.expires().isAfter(latest)) {
      throw wrong(
          "role "
              + role.encoded()
              + " is to expire at "
              + header.expires()
              + ", it may from now until "
              + latest);
    }
  }
}
