package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Identity;

/// How an identity is written for people and in exports. The text may hold what a user's file
/// states and is to be escaped where it is shown.
final class Names {
  private Names() {}

  /// The name as its ecosystem writes it.
  static String name(Identity identity) {
    return switch (identity) {
      case Identity.OfPackage(var purl) ->
          purl.namespace().isEmpty() || purl.type().equals("deb")
              ? purl.name()
              : purl.namespace() + "/" + purl.name();
      case Identity.OfExtension(_, var id) -> id;
      case Identity.OfApplication(_, var id) -> id;
      case Identity.OfProgram(var place) -> place;
      case Identity.OfModel(_, var model) -> model;
      case Identity.OfVariable(var name) -> name;
      case Identity.OfContainer(var reference) -> reference;
      case Identity.OfResidue(_, var id) -> id;
    };
  }

  /// The name with its kind before it.
  static String identity(Identity identity) {
    return switch (identity) {
      case Identity.OfPackage(var purl) -> purl.toString();
      case Identity.OfExtension(var host, var id) -> "extension:" + host + ":" + id;
      case Identity.OfApplication(var platform, var id) -> "application:" + platform + ":" + id;
      case Identity.OfProgram(var place) -> "program:" + place;
      case Identity.OfModel(var tool, var model) -> "model:" + tool + ":" + model;
      case Identity.OfVariable(var name) -> "variable:" + name;
      case Identity.OfContainer(var reference) -> "container:" + reference;
      case Identity.OfResidue(var kind, var id) -> "residue:" + kind.written() + ":" + id;
    };
  }
}
