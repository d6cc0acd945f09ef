# Varnish as the CDN before Hearthpress: keeps public pages, and forgets them when it is told to.
# For /etc/varnish/default.vcl; explained in docs/front-servers.md. Varnish 6.5 or newer, started with
#     -p http_gzip_support=off
# since pages come compressed, in better forms than gzip.
# Change: the name, the backend, who may tell it to forget pages, and the secret.
vcl 4.1;

import std;

backend hearthpress {
    .host = "127.0.0.1";
    .port = "8000";
    .first_byte_timeout = 120s;
}

# The hosts that Hearthpress runs on.
acl hearthpress_hosts {
    "127.0.0.1";
    "::1";
}

# What holds the certificate in front of Varnish, and says by X-Forwarded-Proto how the reader came.
acl tls_servers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "BAN") {
        # Varnish adds the sender to X-Forwarded-For: a second address there says that it came through a proxy.
        if (client.ip !~ hearthpress_hosts || req.http.X-Forwarded-For ~ ",") {
            return (synth(405, "Not allowed"));
        }
        if (req.http.Authorization != "Bearer CHANGE-ME") {
            return (synth(403, "Forbidden"));
        }
        if (req.http.Surrogate-Key !~ "^[a-z0-9_-]+( [a-z0-9_-]+)*$") {
            return (synth(400, "Bad keys"));
        }
        # By what the page itself carries (obj), so that the lurker can work through it without waiting for requests.
        if (!std.ban("obj.http.surrogate-key ~ (^|\s)(" + regsuball(req.http.Surrogate-Key, " ", "|") + ")(\s|$)")) {
            return (synth(500, "Ban failed"));
        }
        return (synth(200, "Forgotten"));
    }

    if (client.ip !~ tls_servers) {
        unset req.http.X-Forwarded-Proto;
    }
    set req.http.Host = regsub(std.tolower(req.http.Host), ":[0-9]+$", "");
    if (req.http.Host != "magazine.example.org") {
        return (synth(421, "Misdirected Request"));
    }

    # The public pages, and nothing else. Who is reading plays no part, nor does what follows "?".
    if ((req.method == "GET" || req.method == "HEAD")
        && req.url ~ "^/($|\?|section/|tag/|writers/|archive/|stories/|write-for-us/|promises/|pictures/|oembed/|feed\.|sitemap|robots\.txt|static/)") {
        unset req.http.Cookie;
        unset req.http.Authorization;
        unset req.http.If-Modified-Since;  # a browser asks by the ETag
        set req.url = regsub(req.url, "\?.*$", "");
        # The forms that pages come in, the smallest first; one that is refused (q=0) is not taken.
        if (req.http.Accept-Encoding ~ "(?i)(^|[,\s])br\s*(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))(,|;|$)") {
            set req.http.Accept-Encoding = "br";
        } elsif (req.http.Accept-Encoding ~ "(?i)(^|[,\s])gzip\s*(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))(,|;|$)") {
            set req.http.Accept-Encoding = "gzip";
        } else {
            unset req.http.Accept-Encoding;
        }
        return (hash);
    }
    return (pass);
}

sub vcl_hash {
    # Without HTTPS the answer is another one: the way to it.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    # Only what Hearthpress marks may be kept, and not what it serves while it cannot ask its database.
    if (beresp.http.surrogate-key && (beresp.status == 200 || beresp.status == 410) && beresp.http.cache-status !~ "away") {
        set beresp.grace = 10s;
        set beresp.keep = 0s;
    } elsif (!bereq.uncacheable) {
        set beresp.ttl = 1s;  # for so long nobody waits for another who asks for the same
        set beresp.grace = 0s;
        set beresp.uncacheable = true;
    }
    return (deliver);
}

sub vcl_deliver {
    # Browsers ask each time: nobody can tell them what to forget.
    if (resp.http.Cache-Control ~ "s-maxage") {
        set resp.http.Cache-Control = "no-cache";
    }
    if (obj.hits > 0) {
        set resp.http.Cache-Status = "varnish; hit";
    }
    unset resp.http.Surrogate-Key;
    unset resp.http.Age;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
}
