package dev.interdict.server.web;

import dev.interdict.server.scope.Scope;
import java.time.Instant;

/// What stands around every page, whatever it shows.
public interface Masthead {

  /// Who publishes the policy; empty before the first publication.
  String issuer();

  /// How many rules are published.
  long ruleCount();

  /// How many devices are enrolled.
  long deviceCount();

  /// The time by the server's clock.
  Instant now();

  /// The same for whoever sees that part of the fleet.
  Masthead within(Scope scope);
}
