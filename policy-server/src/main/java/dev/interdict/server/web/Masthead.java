package dev.interdict.server.web;

import dev.interdict.server.scope.Scope;

/// What stands around every page, whatever it shows.
public interface Masthead {

  /// Who publishes the policy; empty before the first publication.
  String issuer();

  /// How many rules are published.
  long ruleCount();

  /// How many devices are enrolled.
  long deviceCount();

  /// The same for whoever sees that part of the fleet.
  Masthead within(Scope scope);
}
