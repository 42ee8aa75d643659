GRANT UPDATE ("searches_alone", "confirms_searches") ON "agents" TO assistant_member;
