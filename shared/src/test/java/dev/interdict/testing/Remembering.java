package dev.interdict.testing;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Lets all tests of a module remember signatures. A module that wants it names this class in its
/// test resources; `shared`, where signing itself is tested, does not.
public final class Remembering implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    RememberedSignatures.install();
  }
}
