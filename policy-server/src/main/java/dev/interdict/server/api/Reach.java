package dev.interdict.server.api;

/// What an operation has to do with the departments of the fleet. Each operation says so where it
/// is made, since one that forgot would be for everybody.
enum Reach {
  /// Shows and changes what is within the scope of whoever asks, as if there were nothing else.
  WITHIN("what is outside of it is not there"),

  /// Is about no workstation: the same for everybody, whatever the fleet has.
  APART("the same"),

  /// Is about the whole fleet, so nobody does it who sees a part.
  WHOLE("refused");

  private final String words;

  Reach(String words) {
    this.words = words;
  }

  /// What becomes of it for somebody with a scope.
  String words() {
    return words;
  }
}
