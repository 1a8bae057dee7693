// In development Next is the console's proxy too; CometD's requests end in a slash.
const rewrites = async () => [{ source: "/api/:path*", destination: `${process.env.GWS_URL}/api/:path*` }];

export default process.env.NODE_ENV === "production" ? {} : { rewrites, skipTrailingSlashRedirect: true };
