// Style sheets and CSS modules as Next.js knows them, also for a type check of the whole repository without a build.
/// <reference types="next" />
