package dev.interdict.agent.inventory;

import dev.interdict.identity.PackageUrl;

/// Who an item is, by type. Matching compares identities of the same type only, never text with
/// text.
public sealed interface Identity {

  /// A package of an ecosystem, with its version where the record states one.
  record OfPackage(PackageUrl purl) implements Identity {}

  /// An extension of a host program: an editor, a browser, an IDE.
  ///
  /// @param host `vscode`, `jetbrains`, `chrome` …
  /// @param id in the host's own form, lower case where the host compares so
  record OfExtension(String host, String id) implements Identity {}

  /// An application with an identifier of its platform (a macOS bundle id, a desktop file id).
  record OfApplication(String platform, String id) implements Identity {}

  /// A program known by its place below a home or the root, such as a self-contained native
  /// installation.
  ///
  /// @param place relative to the home, or absolute for machine-wide ones, without the version
  record OfProgram(String place) implements Identity {}
}
