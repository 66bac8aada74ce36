-- What people write down beside a grant: what kind of reason it is, where it is worked on elsewhere, and under which
-- conditions it holds. Null where nobody said.
alter table exemption add column category text;
alter table exemption add column ticket text;
alter table exemption add column conditions text;
