package dev.interdict.agent.inventory;

/// One user's home directory.
///
/// @param user the account's name, for the person at the machine; never leaves the device as it is
/// @param uid the account's number, which must own what is acted upon
/// @param path below the inspected root
public record Home(String user, int uid, BytePath path) {}
