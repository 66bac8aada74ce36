package dev.interdict.agent.inventory;

import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Residue;

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

  /// A model that the configuration of a tool names.
  ///
  /// @param tool `aider`, `continue`, `zed` …
  /// @param model without the provider's prefix, lower case: `claude-opus-4-5`
  record OfModel(String tool, String model) implements Identity {}

  /// An environment variable that some file sets; its value is no part of it.
  record OfVariable(String name) implements Identity {}

  /// A container image or a feature of a development container, by the reference that a file names.
  record OfContainer(String reference) implements Identity {}

  /// Something that stays behind or would bring a tool back, and is no installation by itself.
  record OfResidue(Residue kind, String id) implements Identity {}
}
